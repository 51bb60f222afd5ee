-- Where people come together, each with a code that they scan.
CREATE TABLE venues (
    id              UUID        NOT NULL CONSTRAINT venues_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT venues_division_fkey REFERENCES divisions (code),
    organisation_id UUID        CONSTRAINT venues_organisation_id_fkey REFERENCES organisations (id),
    name            TEXT        NOT NULL
                    CONSTRAINT venues_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    kind            TEXT        NOT NULL
                    CONSTRAINT venues_kind_check CHECK (kind IN (
                        'committee_office', 'party_service_centre', 'meeting_hall', 'reception_room', 'activity_room',
                        'elder_care', 'service_station', 'entrance', 'outdoor', 'other')),
    address         TEXT        NOT NULL DEFAULT '',
    longitude       DOUBLE PRECISION,
    latitude        DOUBLE PRECISION,
    code_grade      TEXT        NOT NULL
                    CONSTRAINT venues_code_grade_check CHECK (code_grade IN ('static', 'rotating', 'attended')),
    radius          INTEGER     CONSTRAINT venues_radius_check CHECK (radius BETWEEN 100 AND 5000),
    short_code      TEXT        NOT NULL
                    CONSTRAINT venues_short_code_key UNIQUE
                    CONSTRAINT venues_short_code_check CHECK (short_code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    secret_sealed   BYTEA       NOT NULL,
    status          TEXT        NOT NULL DEFAULT 'active'
                    CONSTRAINT venues_status_check CHECK (status IN ('active', 'closed')),
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT venues_division_name_key UNIQUE (division, name),
    CONSTRAINT venues_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL)),
    CONSTRAINT venues_fence_check CHECK (radius IS NULL OR (latitude IS NOT NULL AND code_grade <> 'attended'))
);
CREATE INDEX venues_division_id_idx ON venues (division, id);
CREATE INDEX venues_organisation_id_idx ON venues (organisation_id);
-- What is near a point.
CREATE INDEX venues_place_idx ON venues (latitude, longitude);
