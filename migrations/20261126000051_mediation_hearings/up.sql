-- Hearings 调解会 (F3, F5): when and where a case is heard, who is expected there, who was told of it and who came. What is reserved is
-- a room, a person at the table or a party, and nothing of it twice at a time, by whatever path it is written.

-- Free times 可约时段 of a room.
CREATE TABLE hearing_slots (
    id         UUID        NOT NULL CONSTRAINT hearing_slots_pkey PRIMARY KEY,
    room_id    UUID        NOT NULL CONSTRAINT hearing_slots_room_id_fkey REFERENCES mediation_rooms (id),
    begins_at  TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    created_by UUID        NOT NULL CONSTRAINT hearing_slots_created_by_fkey REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT hearing_slots_term_check CHECK (begins_at < ends_at),
    CONSTRAINT hearing_slots_place_key UNIQUE (id, room_id, begins_at, ends_at),
    -- Equality is written as ranges of one value, as of posts.
    CONSTRAINT hearing_slots_term_excl EXCLUDE USING gist (
        posts_seat_range(room_id::text, room_id::text, '[]') WITH &&,
        tstzrange(begins_at, ends_at) WITH &&)
);
CREATE INDEX hearing_slots_room_id_idx ON hearing_slots (room_id, begins_at, id);
CREATE INDEX hearing_slots_created_by_idx ON hearing_slots (created_by);

CREATE TABLE mediation_hearings (
    id         UUID        NOT NULL CONSTRAINT mediation_hearings_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_hearings_case_id_fkey REFERENCES mediation_cases (id),
    room_id    UUID        NOT NULL CONSTRAINT mediation_hearings_room_id_fkey REFERENCES mediation_rooms (id),
    -- The free time it took, where it took one: then its room and its times are that one's.
    slot_id    UUID,
    begins_at  TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    -- 公开: only where every party wants it (人民调解法 23).
    is_open    BOOLEAN     NOT NULL,
    state      TEXT        NOT NULL CONSTRAINT mediation_hearings_state_check
               CHECK (state IN ('scheduled', 'in_session', 'adjourned', 'concluded', 'cancelled')),
    -- Whether it holds its room and its people.
    holds      BOOLEAN     NOT NULL,
    -- Goes up when it is moved: everybody is to be told anew.
    edition    INTEGER     NOT NULL CONSTRAINT mediation_hearings_edition_check CHECK (edition >= 1),
    begun_at   TIMESTAMPTZ,
    ended_at   TIMESTAMPTZ,
    minutes    TEXT        NOT NULL CONSTRAINT mediation_hearings_minutes_check CHECK (char_length(minutes) <= 10000),
    next_steps TEXT        NOT NULL CONSTRAINT mediation_hearings_next_steps_check CHECK (char_length(next_steps) <= 2000),
    -- Why it was called off.
    reason     TEXT        NOT NULL CONSTRAINT mediation_hearings_reason_check CHECK (char_length(reason) <= 500),
    created_by UUID        NOT NULL CONSTRAINT mediation_hearings_created_by_fkey REFERENCES accounts (id),
    version    BIGINT      NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_hearings_term_check CHECK (begins_at < ends_at),
    CONSTRAINT mediation_hearings_holds_check CHECK (holds = (state IN ('scheduled', 'in_session'))),
    CONSTRAINT mediation_hearings_begun_check
        CHECK ((begun_at IS NOT NULL) = (state IN ('in_session', 'adjourned', 'concluded'))),
    CONSTRAINT mediation_hearings_ended_check CHECK ((ended_at IS NOT NULL) = (state IN ('adjourned', 'concluded'))),
    CONSTRAINT mediation_hearings_slot_id_fkey FOREIGN KEY (slot_id, room_id, begins_at, ends_at)
        REFERENCES hearing_slots (id, room_id, begins_at, ends_at),
    CONSTRAINT mediation_hearings_held_key UNIQUE (id, begins_at, ends_at, holds),
    CONSTRAINT mediation_hearings_room_id_excl EXCLUDE USING gist (
        posts_seat_range(room_id::text, room_id::text, '[]') WITH &&,
        tstzrange(begins_at, ends_at) WITH &&) WHERE (holds)
);
CREATE INDEX mediation_hearings_case_id_idx ON mediation_hearings (case_id, id);
CREATE INDEX mediation_hearings_room_id_idx ON mediation_hearings (room_id, begins_at);
CREATE INDEX mediation_hearings_slot_id_idx ON mediation_hearings (slot_id, room_id, begins_at, ends_at);
CREATE INDEX mediation_hearings_created_by_idx ON mediation_hearings (created_by);
-- A case is heard, or about to be, once at a time.
CREATE UNIQUE INDEX mediation_hearings_case_id_key ON mediation_hearings (case_id) WHERE holds;

-- Whose time a hearing takes. Its times are the hearing's, which the foreign key carries along: moved with it, and let go with it.
CREATE TABLE mediation_hearing_reservations (
    id         UUID        NOT NULL CONSTRAINT mediation_hearing_reservations_pkey PRIMARY KEY,
    hearing_id UUID        NOT NULL,
    -- Somebody at the table, or who speaks for a party.
    account_id UUID        CONSTRAINT mediation_hearing_reservations_account_id_fkey REFERENCES accounts (id),
    -- The resident or the organisation in dispute: of two tables, and carried along when records are joined.
    subject_id UUID,
    begins_at  TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    holds      BOOLEAN     NOT NULL,
    CONSTRAINT mediation_hearing_reservations_whose_check CHECK (num_nonnulls(account_id, subject_id) = 1),
    CONSTRAINT mediation_hearing_reservations_hearing_id_fkey FOREIGN KEY (hearing_id, begins_at, ends_at, holds)
        REFERENCES mediation_hearings (id, begins_at, ends_at, holds) ON UPDATE CASCADE,
    CONSTRAINT mediation_hearing_reservations_hearing_id_account_id_key UNIQUE (hearing_id, account_id),
    CONSTRAINT mediation_hearing_reservations_hearing_id_subject_id_key UNIQUE (hearing_id, subject_id),
    CONSTRAINT mediation_hearing_reservations_account_id_excl EXCLUDE USING gist (
        posts_seat_range(account_id::text, account_id::text, '[]') WITH &&,
        tstzrange(begins_at, ends_at) WITH &&) WHERE (holds AND account_id IS NOT NULL),
    CONSTRAINT mediation_hearing_reservations_subject_id_excl EXCLUDE USING gist (
        posts_seat_range(subject_id::text, subject_id::text, '[]') WITH &&,
        tstzrange(begins_at, ends_at) WITH &&) WHERE (holds AND subject_id IS NOT NULL)
);
CREATE INDEX mediation_hearing_reservations_hearing_id_idx
    ON mediation_hearing_reservations (hearing_id, begins_at, ends_at, holds);
CREATE INDEX mediation_hearing_reservations_account_id_idx ON mediation_hearing_reservations (account_id);
CREATE INDEX mediation_hearing_reservations_subject_id_idx ON mediation_hearing_reservations (subject_id);

-- Who is expected at a hearing, and who came. Nobody is expected whose time is not reserved, and who sits is who was seated.
ALTER TABLE mediation_seats ADD CONSTRAINT mediation_seats_id_account_id_key UNIQUE (id, account_id);
CREATE TABLE mediation_hearing_attendees (
    id           UUID    NOT NULL CONSTRAINT mediation_hearing_attendees_pkey PRIMARY KEY,
    hearing_id   UUID    NOT NULL
                 CONSTRAINT mediation_hearing_attendees_hearing_id_fkey REFERENCES mediation_hearings (id),
    seat_id      UUID,
    party_id     UUID    CONSTRAINT mediation_hearing_attendees_party_id_fkey REFERENCES mediation_parties (id),
    account_id   UUID,
    subject_id   UUID,
    is_expected  BOOLEAN NOT NULL,
    -- Null until it begins.
    has_attended BOOLEAN,
    CONSTRAINT mediation_hearing_attendees_who_check CHECK (num_nonnulls(seat_id, party_id) = 1),
    CONSTRAINT mediation_hearing_attendees_seated_check CHECK (seat_id IS NULL OR account_id IS NOT NULL),
    CONSTRAINT mediation_hearing_attendees_seat_id_fkey FOREIGN KEY (seat_id, account_id)
        REFERENCES mediation_seats (id, account_id),
    CONSTRAINT mediation_hearing_attendees_account_id_fkey FOREIGN KEY (hearing_id, account_id)
        REFERENCES mediation_hearing_reservations (hearing_id, account_id),
    CONSTRAINT mediation_hearing_attendees_subject_id_fkey FOREIGN KEY (hearing_id, subject_id)
        REFERENCES mediation_hearing_reservations (hearing_id, subject_id) ON UPDATE CASCADE,
    CONSTRAINT mediation_hearing_attendees_hearing_id_seat_id_key UNIQUE (hearing_id, seat_id),
    CONSTRAINT mediation_hearing_attendees_hearing_id_party_id_key UNIQUE (hearing_id, party_id)
);
CREATE INDEX mediation_hearing_attendees_seat_id_idx ON mediation_hearing_attendees (seat_id, account_id);
CREATE INDEX mediation_hearing_attendees_party_id_idx ON mediation_hearing_attendees (party_id);
CREATE INDEX mediation_hearing_attendees_account_id_idx ON mediation_hearing_attendees (hearing_id, account_id);
CREATE INDEX mediation_hearing_attendees_subject_id_idx ON mediation_hearing_attendees (hearing_id, subject_id);

-- That somebody was told of a hearing 送达: how, when, noted by whom. A later word adds to it; none is changed.
CREATE TABLE mediation_hearing_notices (
    id           UUID        NOT NULL CONSTRAINT mediation_hearing_notices_pkey PRIMARY KEY,
    hearing_id   UUID        NOT NULL
                 CONSTRAINT mediation_hearing_notices_hearing_id_fkey REFERENCES mediation_hearings (id),
    edition      INTEGER     NOT NULL,
    seat_id      UUID        CONSTRAINT mediation_hearing_notices_seat_id_fkey REFERENCES mediation_seats (id),
    party_id     UUID        CONSTRAINT mediation_hearing_notices_party_id_fkey REFERENCES mediation_parties (id),
    means        TEXT        NOT NULL CONSTRAINT mediation_hearing_notices_means_check
                 CHECK (means IN ('app', 'in_person', 'phone', 'paper')),
    -- Whether they said that they had it 回执.
    is_confirmed BOOLEAN     NOT NULL,
    note         TEXT        NOT NULL CONSTRAINT mediation_hearing_notices_note_check CHECK (char_length(note) <= 500),
    served_at    TIMESTAMPTZ NOT NULL,
    noted_by     UUID        NOT NULL CONSTRAINT mediation_hearing_notices_noted_by_fkey REFERENCES accounts (id),
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_hearing_notices_whom_check CHECK (num_nonnulls(seat_id, party_id) = 1)
);
CREATE INDEX mediation_hearing_notices_hearing_id_idx ON mediation_hearing_notices (hearing_id, id);
CREATE INDEX mediation_hearing_notices_seat_id_idx ON mediation_hearing_notices (seat_id);
CREATE INDEX mediation_hearing_notices_party_id_idx ON mediation_hearing_notices (party_id);
CREATE INDEX mediation_hearing_notices_noted_by_idx ON mediation_hearing_notices (noted_by);
