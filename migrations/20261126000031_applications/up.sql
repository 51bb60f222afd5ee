-- Third-party programs that call on their own behalf: gates, screens (OAuth 2 clients).
CREATE TABLE applications (
    id              UUID        NOT NULL CONSTRAINT applications_pkey PRIMARY KEY,
    name            TEXT        NOT NULL
                    CONSTRAINT applications_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    purpose         TEXT        NOT NULL
                    CONSTRAINT applications_purpose_check CHECK (char_length(purpose) BETWEEN 1 AND 200),
    organisation_id UUID        CONSTRAINT applications_organisation_id_fkey REFERENCES organisations (id),
    division        BIGINT      NOT NULL CONSTRAINT applications_division_fkey REFERENCES divisions (code),
    scopes          TEXT[]      NOT NULL
                    CONSTRAINT applications_scopes_check CHECK (
                        cardinality(scopes) BETWEEN 1 AND 8 AND array_position(scopes, NULL) IS NULL
                        AND scopes <@ ARRAY['venues.read', 'venue_codes.read', 'codes.verify', 'check_ins.write']
                    ),
    status          TEXT        NOT NULL DEFAULT 'active'
                    CONSTRAINT applications_status_check CHECK (status IN ('active', 'disabled')),
    ends_on         DATE,
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT applications_division_name_key UNIQUE (division, name)
);
CREATE INDEX applications_division_id_idx ON applications (division, id);
CREATE INDEX applications_organisation_id_idx ON applications (organisation_id);

-- Hashes only: a secret is 256 random bits, so that nothing slower than SHA-256 is needed.
CREATE TABLE application_secrets (
    id             UUID        NOT NULL CONSTRAINT application_secrets_pkey PRIMARY KEY,
    application_id UUID        NOT NULL
                   CONSTRAINT application_secrets_application_id_fkey REFERENCES applications (id),
    hash           BYTEA       NOT NULL
                   CONSTRAINT application_secrets_hash_key UNIQUE
                   CONSTRAINT application_secrets_hash_check CHECK (octet_length(hash) = 32),
    hint           TEXT        NOT NULL
                   CONSTRAINT application_secrets_hint_check CHECK (char_length(hint) = 4),
    created_at     TIMESTAMPTZ NOT NULL,
    last_used_at   TIMESTAMPTZ,
    retired_at     TIMESTAMPTZ
);
CREATE INDEX application_secrets_application_id_idx ON application_secrets (application_id, id);
CREATE INDEX application_secrets_retired_at_idx ON application_secrets (retired_at);

-- What an application did is recorded as its own.
ALTER TABLE audit_events ADD COLUMN application_id UUID;
CREATE INDEX audit_events_application_id_idx ON audit_events (application_id, id) WHERE application_id IS NOT NULL;
