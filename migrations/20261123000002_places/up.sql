-- The ground: divisions, organisations, estates, buildings, dwellings, building groups.

CREATE TABLE divisions (
    code                    BIGINT      NOT NULL CONSTRAINT divisions_pkey PRIMARY KEY
                            CONSTRAINT divisions_code_check CHECK (code BETWEEN 100000000000 AND 999999999999),
    name                    TEXT        NOT NULL
                            CONSTRAINT divisions_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    level                   TEXT        NOT NULL
                            CONSTRAINT divisions_level_check CHECK (level IN ('city', 'district', 'street', 'committee')),
    parent                  BIGINT      CONSTRAINT divisions_parent_fkey REFERENCES divisions (code),
    status                  TEXT        NOT NULL
                            CONSTRAINT divisions_status_check CHECK (status IN ('preparing', 'established', 'abolished')),
    address                 TEXT        NOT NULL DEFAULT '',
    phones                  TEXT[]      NOT NULL DEFAULT '{}',
    opening_hours           JSONB       NOT NULL DEFAULT '{"weekly": [], "exceptions": []}',
    longitude               DOUBLE PRECISION,
    latitude                DOUBLE PRECISION,
    version                 BIGINT      NOT NULL DEFAULT 1,
    updated_at              TIMESTAMPTZ NOT NULL,
    CONSTRAINT divisions_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL))
);
CREATE INDEX divisions_parent_idx ON divisions (parent, code);
CREATE INDEX divisions_level_idx ON divisions (level, code);
CREATE INDEX divisions_name_idx ON divisions (name text_pattern_ops);

CREATE TABLE division_lineages (
    predecessor  BIGINT NOT NULL CONSTRAINT division_lineages_predecessor_fkey REFERENCES divisions (code),
    successor    BIGINT NOT NULL CONSTRAINT division_lineages_successor_fkey REFERENCES divisions (code),
    kind         TEXT   NOT NULL
                 CONSTRAINT division_lineages_kind_check CHECK (kind IN ('split', 'merged', 'carved_out')),
    effective_on DATE   NOT NULL,
    CONSTRAINT division_lineages_pkey PRIMARY KEY (predecessor, successor)
);
CREATE INDEX division_lineages_successor_idx ON division_lineages (successor);

CREATE TABLE organisations (
    id                 UUID        NOT NULL CONSTRAINT organisations_pkey PRIMARY KEY,
    name               TEXT        NOT NULL
                       CONSTRAINT organisations_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    kind               TEXT        NOT NULL
                       CONSTRAINT organisations_kind_check CHECK (kind IN (
                           'residents_committee', 'village_committee', 'owners_committee', 'property_company',
                           'police_station', 'justice_office', 'law_firm', 'department', 'street_office',
                           'grid_centre', 'social_organisation', 'enterprise', 'foundation', 'party_branch',
                           'public_institution')),
    division           BIGINT      NOT NULL CONSTRAINT organisations_division_fkey REFERENCES divisions (code),
    superior_id        UUID        CONSTRAINT organisations_superior_id_fkey REFERENCES organisations (id),
    social_credit_code TEXT        CONSTRAINT organisations_social_credit_code_key UNIQUE,
    address            TEXT        NOT NULL DEFAULT '',
    phones             TEXT[]      NOT NULL DEFAULT '{}',
    longitude          DOUBLE PRECISION,
    latitude           DOUBLE PRECISION,
    version            BIGINT      NOT NULL DEFAULT 1,
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    closed_on          DATE,
    CONSTRAINT organisations_division_kind_name_key UNIQUE (division, kind, name),
    CONSTRAINT organisations_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL))
);
CREATE INDEX organisations_division_id_idx ON organisations (division, id);
CREATE INDEX organisations_name_idx ON organisations (name text_pattern_ops);
CREATE INDEX organisations_superior_id_idx ON organisations (superior_id);

ALTER TABLE posts ADD CONSTRAINT posts_organisation_id_fkey
    FOREIGN KEY (organisation_id) REFERENCES organisations (id);
ALTER TABLE posts ADD CONSTRAINT posts_division_fkey
    FOREIGN KEY (division) REFERENCES divisions (code);

CREATE TABLE estates (
    id                  UUID        NOT NULL CONSTRAINT estates_pkey PRIMARY KEY,
    name                TEXT        NOT NULL
                        CONSTRAINT estates_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    division            BIGINT      NOT NULL CONSTRAINT estates_division_fkey REFERENCES divisions (code),
    kind                TEXT        NOT NULL
                        CONSTRAINT estates_kind_check CHECK (kind IN (
                            'commodity', 'public_housing', 'resettlement', 'affordable', 'lane', 'villa', 'rural', 'other')),
    address             TEXT        NOT NULL DEFAULT '',
    built_year          INTEGER     CONSTRAINT estates_built_year_check CHECK (built_year BETWEEN 1840 AND 2200),
    is_old              BOOLEAN     NOT NULL DEFAULT false,
    has_lift            BOOLEAN     NOT NULL DEFAULT false,
    property_company_id UUID        CONSTRAINT estates_property_company_id_fkey REFERENCES organisations (id),
    longitude           DOUBLE PRECISION,
    latitude            DOUBLE PRECISION,
    version             BIGINT      NOT NULL DEFAULT 1,
    created_at          TIMESTAMPTZ NOT NULL,
    updated_at          TIMESTAMPTZ NOT NULL,
    CONSTRAINT estates_division_name_key UNIQUE (division, name),
    CONSTRAINT estates_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL))
);
CREATE INDEX estates_division_id_idx ON estates (division, id);
CREATE INDEX estates_property_company_id_idx ON estates (property_company_id);
CREATE INDEX estates_name_idx ON estates (name text_pattern_ops);
CREATE INDEX estates_address_idx ON estates (address text_pattern_ops);

CREATE TABLE buildings (
    id         UUID        NOT NULL CONSTRAINT buildings_pkey PRIMARY KEY,
    estate_id  UUID        NOT NULL CONSTRAINT buildings_estate_id_fkey REFERENCES estates (id),
    division   BIGINT      NOT NULL CONSTRAINT buildings_division_fkey REFERENCES divisions (code),
    number     TEXT        NOT NULL
               CONSTRAINT buildings_number_check CHECK (char_length(number) BETWEEN 1 AND 20),
    floors     INTEGER     CONSTRAINT buildings_floors_check CHECK (floors BETWEEN 1 AND 200),
    has_lift   BOOLEAN     NOT NULL DEFAULT false,
    units      TEXT[]      NOT NULL DEFAULT '{}',
    version    BIGINT      NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT buildings_estate_id_number_key UNIQUE (estate_id, number)
);
CREATE INDEX buildings_division_id_idx ON buildings (division, id);

CREATE TABLE dwellings (
    id             UUID          NOT NULL CONSTRAINT dwellings_pkey PRIMARY KEY,
    building_id    UUID          NOT NULL CONSTRAINT dwellings_building_id_fkey REFERENCES buildings (id),
    division       BIGINT        NOT NULL CONSTRAINT dwellings_division_fkey REFERENCES divisions (code),
    unit           TEXT          NOT NULL DEFAULT ''
                   CONSTRAINT dwellings_unit_check CHECK (char_length(unit) <= 20),
    number         TEXT          NOT NULL
                   CONSTRAINT dwellings_number_check CHECK (char_length(number) BETWEEN 1 AND 20),
    floor          INTEGER       CONSTRAINT dwellings_floor_check CHECK (floor BETWEEN -10 AND 200),
    exclusive_area NUMERIC(8, 2) CONSTRAINT dwellings_exclusive_area_check CHECK (exclusive_area > 0),
    version        BIGINT        NOT NULL DEFAULT 1,
    created_at     TIMESTAMPTZ   NOT NULL,
    updated_at     TIMESTAMPTZ   NOT NULL,
    CONSTRAINT dwellings_building_id_unit_number_key UNIQUE (building_id, unit, number)
);
CREATE INDEX dwellings_division_id_idx ON dwellings (division, id);

CREATE TABLE building_groups (
    id           UUID        NOT NULL CONSTRAINT building_groups_pkey PRIMARY KEY,
    estate_id    UUID        NOT NULL CONSTRAINT building_groups_estate_id_fkey REFERENCES estates (id),
    division     BIGINT      NOT NULL CONSTRAINT building_groups_division_fkey REFERENCES divisions (code),
    name         TEXT        NOT NULL
                 CONSTRAINT building_groups_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    slogan       TEXT        NOT NULL DEFAULT '',
    introduction TEXT        NOT NULL DEFAULT '',
    brand_name   TEXT,
    brand_story  TEXT,
    leader_id    UUID        CONSTRAINT building_groups_leader_id_fkey REFERENCES accounts (id),
    deputy_id    UUID        CONSTRAINT building_groups_deputy_id_fkey REFERENCES accounts (id),
    version      BIGINT      NOT NULL DEFAULT 1,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT building_groups_estate_id_name_key UNIQUE (estate_id, name),
    CONSTRAINT building_groups_brand_check CHECK ((brand_name IS NULL) = (brand_story IS NULL))
);
CREATE INDEX building_groups_division_id_idx ON building_groups (division, id);
CREATE INDEX building_groups_leader_id_idx ON building_groups (leader_id);
CREATE INDEX building_groups_deputy_id_idx ON building_groups (deputy_id);

-- A whole building has unit ''. One unit belongs to one group.
CREATE TABLE building_group_members (
    building_group_id UUID NOT NULL
                      CONSTRAINT building_group_members_building_group_id_fkey REFERENCES building_groups (id) ON DELETE CASCADE,
    building_id       UUID NOT NULL
                      CONSTRAINT building_group_members_building_id_fkey REFERENCES buildings (id),
    unit              TEXT NOT NULL DEFAULT '',
    CONSTRAINT building_group_members_pkey PRIMARY KEY (building_id, unit)
);
CREATE INDEX building_group_members_building_group_id_idx ON building_group_members (building_group_id);

CREATE TABLE building_group_titles (
    id                UUID        NOT NULL CONSTRAINT building_group_titles_pkey PRIMARY KEY,
    building_group_id UUID        NOT NULL
                      CONSTRAINT building_group_titles_building_group_id_fkey REFERENCES building_groups (id),
    title             TEXT        NOT NULL
                      CONSTRAINT building_group_titles_title_check CHECK (char_length(title) BETWEEN 1 AND 60),
    granted_by        UUID        NOT NULL
                      CONSTRAINT building_group_titles_granted_by_fkey REFERENCES organisations (id),
    granted_on        DATE        NOT NULL,
    created_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT building_group_titles_building_group_id_title_granted_on_key UNIQUE (building_group_id, title, granted_on)
);
CREATE INDEX building_group_titles_granted_by_idx ON building_group_titles (granted_by);
