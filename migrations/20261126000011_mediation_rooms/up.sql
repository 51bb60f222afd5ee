-- Where disputes are mediated, and by whom: rooms 调解室、站、点 (F3), rosters of mediators, lawyers and experts (F1, F2), who serves
-- in which room full or part time (F4), and by which numbers that is enough.

-- How many serve in a room, and how long a term is: by place, each with what it stands on. A closer one takes the place of a
-- wider one, a newer that of an older.
CREATE TABLE mediation_staffing_rules (
    id              UUID        NOT NULL CONSTRAINT mediation_staffing_rules_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL
                    CONSTRAINT mediation_staffing_rules_division_fkey REFERENCES divisions (code),
    measure         TEXT        NOT NULL CONSTRAINT mediation_staffing_rules_measure_check
                    CHECK (measure IN ('room_mediators', 'part_time_hours', 'mediator_term_months')),
    -- For rooms of this kind; for all where it is null.
    room_kind       TEXT        CONSTRAINT mediation_staffing_rules_room_kind_check
                    CHECK (room_kind IN ('room', 'station', 'point')),
    amount          INTEGER     NOT NULL
                    CONSTRAINT mediation_staffing_rules_amount_check CHECK (amount BETWEEN 0 AND 600),
    effective_from  DATE        NOT NULL,
    effective_until DATE,
    legal_basis     TEXT        NOT NULL CONSTRAINT mediation_staffing_rules_legal_basis_check
                    CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    created_by      UUID        CONSTRAINT mediation_staffing_rules_created_by_fkey REFERENCES accounts (id),
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_staffing_rules_term_check CHECK (effective_from <= effective_until),
    CONSTRAINT mediation_staffing_rules_fit_check CHECK (room_kind IS NULL OR measure <> 'mediator_term_months')
);
CREATE INDEX mediation_staffing_rules_division_id_idx ON mediation_staffing_rules (division, id);
CREATE INDEX mediation_staffing_rules_created_by_idx ON mediation_staffing_rules (created_by);

CREATE TABLE mediation_rooms (
    id              UUID        NOT NULL CONSTRAINT mediation_rooms_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT mediation_rooms_division_fkey REFERENCES divisions (code),
    organisation_id UUID        NOT NULL
                    CONSTRAINT mediation_rooms_organisation_id_fkey REFERENCES organisations (id),
    name            TEXT        NOT NULL
                    CONSTRAINT mediation_rooms_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    kind            TEXT        NOT NULL
                    CONSTRAINT mediation_rooms_kind_check CHECK (kind IN ('room', 'station', 'point')),
    address         TEXT        NOT NULL
                    CONSTRAINT mediation_rooms_address_check CHECK (char_length(address) <= 200),
    longitude       DOUBLE PRECISION,
    latitude        DOUBLE PRECISION,
    capacity        INTEGER     NOT NULL
                    CONSTRAINT mediation_rooms_capacity_check CHECK (capacity BETWEEN 1 AND 500),
    opening_hours   JSONB       NOT NULL,
    is_active       BOOLEAN     NOT NULL,
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_rooms_organisation_id_name_key UNIQUE (organisation_id, name),
    CONSTRAINT mediation_rooms_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL))
);
CREATE INDEX mediation_rooms_division_id_idx ON mediation_rooms (division, id);

-- One row is one term of one person (人民调解法 arts. 8, 9, 13).
CREATE TABLE mediators (
    id              UUID        NOT NULL CONSTRAINT mediators_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT mediators_division_fkey REFERENCES divisions (code),
    organisation_id UUID        NOT NULL
                    CONSTRAINT mediators_organisation_id_fkey REFERENCES organisations (id),
    -- An expert from outside has none.
    account_id      UUID        CONSTRAINT mediators_account_id_fkey REFERENCES accounts (id),
    kind            TEXT        NOT NULL
                    CONSTRAINT mediators_kind_check CHECK (kind IN ('mediator', 'lawyer', 'expert')),
    name            TEXT        NOT NULL CONSTRAINT mediators_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    expertise       TEXT[]      NOT NULL CONSTRAINT mediators_expertise_check CHECK (
                        cardinality(expertise) BETWEEN 1 AND 10 AND expertise <@ ARRAY[
                            'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract',
                            'rent', 'other']),
    languages       TEXT[]      NOT NULL CONSTRAINT mediators_languages_check CHECK (
                        cardinality(languages) BETWEEN 1 AND 4
                        AND languages <@ ARRAY['mandarin', 'shanghainese', 'english', 'sign_language']),
    -- How many open cases at once.
    max_load        INTEGER     NOT NULL CONSTRAINT mediators_max_load_check CHECK (max_load BETWEEN 1 AND 200),
    is_part_time    BOOLEAN     NOT NULL,
    starts_on       DATE        NOT NULL,
    ends_on         DATE,
    status          TEXT        NOT NULL
                    CONSTRAINT mediators_status_check CHECK (status IN ('active', 'suspended', 'removed')),
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediators_person_check CHECK (account_id IS NOT NULL OR kind = 'expert'),
    CONSTRAINT mediators_term_check CHECK (starts_on <= ends_on),
    CONSTRAINT mediators_term_given_check CHECK (ends_on IS NOT NULL OR kind <> 'mediator'),
    -- Whoever was removed is in nobody's way. A seat is written as a range of one value, as of posts.
    CONSTRAINT mediators_term_excl EXCLUDE USING gist (
        posts_seat_range(
            organisation_id::text || kind || coalesce(account_id::text, name),
            organisation_id::text || kind || coalesce(account_id::text, name),
            '[]') WITH &&,
        daterange(starts_on, ends_on, '[]') WITH &&) WHERE (status <> 'removed')
);
CREATE INDEX mediators_division_id_idx ON mediators (division, id);
CREATE INDEX mediators_organisation_id_idx ON mediators (organisation_id);
CREATE INDEX mediators_account_id_idx ON mediators (account_id);

-- Who serves in a room: a mediator or a lawyer of a roster, or a liaison 联络员 by account.
CREATE TABLE mediation_room_staff (
    id           UUID        NOT NULL CONSTRAINT mediation_room_staff_pkey PRIMARY KEY,
    room_id      UUID        NOT NULL CONSTRAINT mediation_room_staff_room_id_fkey REFERENCES mediation_rooms (id),
    role         TEXT        NOT NULL
                 CONSTRAINT mediation_room_staff_role_check CHECK (role IN ('mediator', 'lawyer', 'liaison')),
    mediator_id  UUID        CONSTRAINT mediation_room_staff_mediator_id_fkey REFERENCES mediators (id),
    account_id   UUID        CONSTRAINT mediation_room_staff_account_id_fkey REFERENCES accounts (id),
    is_part_time BOOLEAN     NOT NULL,
    weekly_hours INTEGER     NOT NULL
                 CONSTRAINT mediation_room_staff_weekly_hours_check CHECK (weekly_hours BETWEEN 1 AND 60),
    starts_on    DATE        NOT NULL,
    ends_on      DATE,
    -- When it was ended before its last day.
    ended_at     TIMESTAMPTZ,
    created_by   UUID        NOT NULL CONSTRAINT mediation_room_staff_created_by_fkey REFERENCES accounts (id),
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_room_staff_person_check CHECK (
        (role = 'liaison') = (account_id IS NOT NULL) AND num_nonnulls(mediator_id, account_id) = 1),
    CONSTRAINT mediation_room_staff_term_check CHECK (starts_on <= ends_on),
    CONSTRAINT mediation_room_staff_term_excl EXCLUDE USING gist (
        posts_seat_range(
            room_id::text || coalesce(mediator_id, account_id)::text,
            room_id::text || coalesce(mediator_id, account_id)::text,
            '[]') WITH &&,
        daterange(starts_on, ends_on, '[]') WITH &&) WHERE (ended_at IS NULL),
    -- Nobody serves full time in two rooms.
    CONSTRAINT mediation_room_staff_full_time_excl EXCLUDE USING gist (
        posts_seat_range(
            coalesce(mediator_id, account_id)::text, coalesce(mediator_id, account_id)::text, '[]') WITH &&,
        daterange(starts_on, ends_on, '[]') WITH &&) WHERE (ended_at IS NULL AND NOT is_part_time)
);
CREATE INDEX mediation_room_staff_room_id_idx ON mediation_room_staff (room_id, id);
CREATE INDEX mediation_room_staff_mediator_id_idx ON mediation_room_staff (mediator_id);
CREATE INDEX mediation_room_staff_account_id_idx ON mediation_room_staff (account_id);
CREATE INDEX mediation_room_staff_created_by_idx ON mediation_room_staff (created_by);
