-- Homes and their people: who owns, rents and lives where; households; who left; records found to be of one person.

-- Who owns a home here, and neither lives nor is registered here, has a record here as well 仅为业主.
ALTER TABLE residents DROP CONSTRAINT residents_residence_check;
ALTER TABLE residents ADD CONSTRAINT residents_residence_kind_check CHECK (residence IN (
    'registered_here', 'registered_elsewhere', 'registered_only', 'from_other_province', 'from_abroad', 'owner_only'));

-- Who moved out or died 迁出、死亡. Open until the record is opened again or merged; never removed.
CREATE TABLE resident_departures (
    id          UUID        NOT NULL CONSTRAINT resident_departures_pkey PRIMARY KEY,
    resident_id UUID        NOT NULL CONSTRAINT resident_departures_resident_id_fkey REFERENCES residents (id),
    division    BIGINT      NOT NULL CONSTRAINT resident_departures_division_fkey REFERENCES divisions (code),
    kind        TEXT        NOT NULL CONSTRAINT resident_departures_kind_check CHECK (kind IN ('moved_out', 'deceased')),
    departed_on DATE        NOT NULL,
    destination TEXT        NOT NULL DEFAULT ''
                CONSTRAINT resident_departures_destination_check CHECK (char_length(destination) <= 200),
    created_at  TIMESTAMPTZ NOT NULL,
    closed_at   TIMESTAMPTZ
);
CREATE UNIQUE INDEX resident_departures_open_key ON resident_departures (resident_id) WHERE closed_at IS NULL;
CREATE INDEX resident_departures_resident_id_idx ON resident_departures (resident_id, id);
CREATE INDEX resident_departures_division_id_idx ON resident_departures (division, id);

-- Who is what in which home 人房关系. Owning and living are two relations: who owns a home and lives in it has both, so
-- that selling ends one and moving out the other. It holds from starts_on up to, not including, ends_on.
CREATE TABLE dwelling_residents (
    id                UUID        NOT NULL CONSTRAINT dwelling_residents_pkey PRIMARY KEY,
    dwelling_id       UUID        NOT NULL CONSTRAINT dwelling_residents_dwelling_id_fkey REFERENCES dwellings (id),
    division          BIGINT      NOT NULL CONSTRAINT dwelling_residents_division_fkey REFERENCES divisions (code),
    resident_id       UUID        CONSTRAINT dwelling_residents_resident_id_fkey REFERENCES residents (id),
    organisation_id   UUID        CONSTRAINT dwelling_residents_organisation_id_fkey REFERENCES organisations (id),
    relation          TEXT        NOT NULL
                      CONSTRAINT dwelling_residents_relation_check CHECK (relation IN ('owner', 'tenant', 'occupant')),
    share_numerator   INTEGER,
    share_denominator INTEGER,
    is_living         BOOLEAN     NOT NULL,
    starts_on         DATE        NOT NULL,
    ends_on           DATE,
    departure_id      UUID        CONSTRAINT dwelling_residents_departure_id_fkey REFERENCES resident_departures (id),
    source            TEXT        NOT NULL CONSTRAINT dwelling_residents_source_check CHECK (source IN (
                          'worker', 'self_reported', 'household_register', 'property_register', 'lease', 'import')),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT dwelling_residents_holder_check CHECK (num_nonnulls(resident_id, organisation_id) = 1),
    CONSTRAINT dwelling_residents_body_check CHECK (organisation_id IS NULL OR relation = 'owner'),
    CONSTRAINT dwelling_residents_owner_check CHECK (
        (relation = 'owner') = (share_numerator IS NOT NULL) AND (share_numerator IS NULL) = (share_denominator IS NULL)),
    CONSTRAINT dwelling_residents_share_check CHECK (share_numerator BETWEEN 1 AND share_denominator),
    CONSTRAINT dwelling_residents_living_check CHECK (relation <> 'owner' OR NOT is_living),
    CONSTRAINT dwelling_residents_days_check CHECK (starts_on <= ends_on),
    -- Nobody is the same in the same home twice at a time. GiST has no plain equality without an extension, which the
    -- owner's role may lack the right to create: ranges of one point, the hash, stand in for it.
    CONSTRAINT dwelling_residents_overlap_excl EXCLUDE USING gist (
        int8range(uuid_hash_extended(dwelling_id, 0) >> 1, uuid_hash_extended(dwelling_id, 0) >> 1, '[]') WITH &&,
        int8range(uuid_hash_extended(coalesce(resident_id, organisation_id), 0) >> 1,
                  uuid_hash_extended(coalesce(resident_id, organisation_id), 0) >> 1, '[]') WITH &&,
        int8range(hashtextextended(relation, 0) >> 1, hashtextextended(relation, 0) >> 1, '[]') WITH &&,
        daterange(starts_on, ends_on) WITH &&)
);
-- One lives in one home at a time.
CREATE UNIQUE INDEX dwelling_residents_living_key ON dwelling_residents (resident_id) WHERE is_living AND ends_on IS NULL;
CREATE INDEX dwelling_residents_dwelling_id_idx ON dwelling_residents (dwelling_id, id);
CREATE INDEX dwelling_residents_division_id_idx ON dwelling_residents (division, id);
CREATE INDEX dwelling_residents_resident_id_idx ON dwelling_residents (resident_id);
CREATE INDEX dwelling_residents_organisation_id_idx ON dwelling_residents (organisation_id);
CREATE INDEX dwelling_residents_departure_id_idx ON dwelling_residents (departure_id);

-- Who keeps house together 家庭户, by the number of the household register 户号 where it has one.
CREATE TABLE households (
    id          UUID        NOT NULL CONSTRAINT households_pkey PRIMARY KEY,
    division    BIGINT      NOT NULL CONSTRAINT households_division_fkey REFERENCES divisions (code),
    dwelling_id UUID        CONSTRAINT households_dwelling_id_fkey REFERENCES dwellings (id),
    number      TEXT        CONSTRAINT households_number_check CHECK (char_length(number) BETWEEN 1 AND 30),
    version     BIGINT      NOT NULL DEFAULT 1,
    created_at  TIMESTAMPTZ NOT NULL,
    updated_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT households_division_number_key UNIQUE (division, number)
);
CREATE INDEX households_division_id_idx ON households (division, id);
CREATE INDEX households_dwelling_id_idx ON households (dwelling_id);

CREATE TABLE household_members (
    id           UUID        NOT NULL CONSTRAINT household_members_pkey PRIMARY KEY,
    household_id UUID        NOT NULL CONSTRAINT household_members_household_id_fkey REFERENCES households (id),
    division     BIGINT      NOT NULL CONSTRAINT household_members_division_fkey REFERENCES divisions (code),
    resident_id  UUID        NOT NULL CONSTRAINT household_members_resident_id_fkey REFERENCES residents (id),
    relation     TEXT        NOT NULL CONSTRAINT household_members_relation_check CHECK (relation IN (
                     'head', 'spouse', 'child', 'child_in_law', 'grandchild', 'parent', 'grandparent', 'sibling', 'other')),
    joined_on    DATE        NOT NULL,
    left_on      DATE,
    departure_id UUID        CONSTRAINT household_members_departure_id_fkey REFERENCES resident_departures (id),
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT household_members_days_check CHECK (joined_on <= left_on)
);
-- One belongs to one household at a time, and a household has one head.
CREATE UNIQUE INDEX household_members_resident_key ON household_members (resident_id) WHERE left_on IS NULL;
CREATE UNIQUE INDEX household_members_head_key ON household_members (household_id) WHERE left_on IS NULL AND relation = 'head';
CREATE INDEX household_members_household_id_idx ON household_members (household_id, id);
CREATE INDEX household_members_resident_id_idx ON household_members (resident_id);
CREATE INDEX household_members_division_id_idx ON household_members (division, id);
CREATE INDEX household_members_departure_id_idx ON household_members (departure_id);

-- Two records that were found to be of one person 合并档案: which went into which, and why.
CREATE TABLE resident_merges (
    id         UUID        NOT NULL CONSTRAINT resident_merges_pkey PRIMARY KEY,
    division   BIGINT      NOT NULL CONSTRAINT resident_merges_division_fkey REFERENCES divisions (code),
    from_id    UUID        NOT NULL CONSTRAINT resident_merges_from_id_fkey REFERENCES residents (id),
    into_id    UUID        NOT NULL CONSTRAINT resident_merges_into_id_fkey REFERENCES residents (id),
    reason     TEXT        NOT NULL CONSTRAINT resident_merges_reason_check CHECK (char_length(reason) BETWEEN 1 AND 200),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT resident_merges_from_id_key UNIQUE (from_id),
    CONSTRAINT resident_merges_pair_check CHECK (from_id <> into_id)
);
CREATE INDEX resident_merges_into_id_idx ON resident_merges (into_id);
CREATE INDEX resident_merges_division_id_idx ON resident_merges (division, id);
