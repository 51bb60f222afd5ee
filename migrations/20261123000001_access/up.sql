-- Who calls, what they may do, what they did.

CREATE TABLE accounts (
    id             UUID        NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
    phone_sealed   BYTEA       NOT NULL,
    phone_hash     BYTEA       NOT NULL CONSTRAINT accounts_phone_hash_key UNIQUE,
    display_name   TEXT        NOT NULL
                   CONSTRAINT accounts_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 60),
    language       TEXT        NOT NULL DEFAULT 'zh-CN'
                   CONSTRAINT accounts_language_check CHECK (language IN ('zh-CN', 'en')),
    password_hash  TEXT,
    totp_sealed    BYTEA,
    totp_since     TIMESTAMPTZ,
    totp_last_step BIGINT      NOT NULL DEFAULT 0,
    version        BIGINT      NOT NULL DEFAULT 1,
    created_at     TIMESTAMPTZ NOT NULL,
    updated_at     TIMESTAMPTZ NOT NULL,
    closed_at      TIMESTAMPTZ
);

CREATE TABLE sessions (
    id               UUID        NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
    account_id       UUID        NOT NULL CONSTRAINT sessions_account_id_fkey REFERENCES accounts (id),
    is_second_factor BOOLEAN     NOT NULL,
    device           TEXT        NOT NULL DEFAULT ''
                     CONSTRAINT sessions_device_check CHECK (char_length(device) <= 200),
    created_at       TIMESTAMPTZ NOT NULL,
    last_used_at     TIMESTAMPTZ NOT NULL,
    expires_at       TIMESTAMPTZ NOT NULL,
    ended_at         TIMESTAMPTZ,
    end_reason       TEXT
                     CONSTRAINT sessions_end_reason_check
                     CHECK (end_reason IN ('signed_out', 'token_reused', 'password_changed', 'account_closed'))
);
CREATE INDEX sessions_account_id_idx ON sessions (account_id);

-- A refresh token is 256 random bits; only its hash is kept.
CREATE TABLE refresh_tokens (
    hash       BYTEA       NOT NULL CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
    session_id UUID        NOT NULL CONSTRAINT refresh_tokens_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at  TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ
);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);

CREATE TABLE otps (
    id           UUID        NOT NULL CONSTRAINT otps_pkey PRIMARY KEY,
    phone_hash   BYTEA       NOT NULL,
    address_hash BYTEA       NOT NULL,
    code_hash    BYTEA       NOT NULL,
    attempts     INTEGER     NOT NULL DEFAULT 0,
    created_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL,
    used_at      TIMESTAMPTZ
);
CREATE INDEX otps_phone_hash_created_at_idx ON otps (phone_hash, created_at);
CREATE INDEX otps_address_hash_created_at_idx ON otps (address_hash, created_at);

-- Failed sign-ins by keyed hash of a phone or an address, known or not.
CREATE TABLE sign_in_failures (
    subject      BYTEA       NOT NULL CONSTRAINT sign_in_failures_pkey PRIMARY KEY,
    failures     INTEGER     NOT NULL,
    last_at      TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ
);
CREATE INDEX sign_in_failures_last_at_idx ON sign_in_failures (last_at);

CREATE TABLE posts (
    id              UUID        NOT NULL CONSTRAINT posts_pkey PRIMARY KEY,
    account_id      UUID        NOT NULL CONSTRAINT posts_account_id_fkey REFERENCES accounts (id),
    role            TEXT        NOT NULL
                    CONSTRAINT posts_role_check CHECK (role IN (
                        'group_leader', 'committee_worker', 'committee_head', 'street_officer', 'dispatcher',
                        'department_officer', 'district_officer', 'city_officer', 'mediator', 'police_officer',
                        'justice_officer', 'lawyer', 'property_staff', 'owners_committee_member',
                        'system_admin', 'security_admin', 'auditor')),
    organisation_id UUID,
    division        BIGINT      NOT NULL,
    starts_on       DATE        NOT NULL,
    ends_on         DATE,
    granted_by      UUID        CONSTRAINT posts_granted_by_fkey REFERENCES accounts (id),
    created_at      TIMESTAMPTZ NOT NULL,
    ended_at        TIMESTAMPTZ,
    CONSTRAINT posts_term_check CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX posts_account_id_idx ON posts (account_id);
CREATE INDEX posts_granted_by_idx ON posts (granted_by);
CREATE INDEX posts_organisation_id_idx ON posts (organisation_id);
CREATE INDEX posts_division_id_idx ON posts (division, id);
CREATE UNIQUE INDEX posts_holder_role_division_key ON posts
    (account_id, role, division, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'))
    WHERE ended_at IS NULL;

CREATE TABLE signing_keys (
    kid            TEXT        NOT NULL CONSTRAINT signing_keys_pkey PRIMARY KEY,
    public_key     BYTEA       NOT NULL,
    private_sealed BYTEA       NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL,
    signs_from     TIMESTAMPTZ NOT NULL,
    retired_at     TIMESTAMPTZ
);

-- Appended by the acts, never changed. `seal` is filled once, by the sealing worker.
CREATE TABLE audit_events (
    id          UUID        NOT NULL CONSTRAINT audit_events_pkey PRIMARY KEY,
    at          TIMESTAMPTZ NOT NULL,
    account_id  UUID,
    action      TEXT        NOT NULL,
    resource    TEXT        NOT NULL,
    resource_id TEXT        NOT NULL,
    division    BIGINT      NOT NULL,
    request_id  TEXT        NOT NULL,
    detail      JSONB       NOT NULL,
    seal        BIGINT
);
CREATE INDEX audit_events_unsealed_idx ON audit_events (id) WHERE seal IS NULL;
CREATE INDEX audit_events_seal_idx ON audit_events (seal, id);
CREATE INDEX audit_events_account_id_idx ON audit_events (account_id, id);
-- For auditors of a street and of a district, in the order of the ids. See src/access/audit/store.rs.
CREATE INDEX audit_events_street_id_idx ON audit_events ((division / 1000), id);
CREATE INDEX audit_events_district_id_idx ON audit_events ((division / 1000000), id);
CREATE INDEX audit_events_resource_idx ON audit_events (resource, resource_id, id);

CREATE TABLE audit_seals (
    id        BIGINT      NOT NULL CONSTRAINT audit_seals_pkey PRIMARY KEY,
    events    INTEGER     NOT NULL CONSTRAINT audit_seals_events_check CHECK (events > 0),
    hash      BYTEA       NOT NULL,
    sealed_at TIMESTAMPTZ NOT NULL
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_events' THEN
        IF OLD.seal IS NULL AND NEW.seal IS NOT NULL
            AND (to_jsonb(OLD) - 'seal') = (to_jsonb(NEW) - 'seal') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- The triggers stop everybody; the role of the API, which gets whatever the owner makes, may not even try.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lilong_api' AND rolname <> current_user) THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_events, audit_seals FROM lilong_api;
        GRANT UPDATE (seal) ON audit_events TO lilong_api;
    END IF;
END $$;

-- What must leave after commit; a later worker delivers and deletes.
CREATE TABLE outbox (
    id         UUID        NOT NULL CONSTRAINT outbox_pkey PRIMARY KEY,
    topic      TEXT        NOT NULL,
    payload    JSONB       NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE idempotency_keys (
    fingerprint   BYTEA       NOT NULL CONSTRAINT idempotency_keys_pkey PRIMARY KEY,
    body_hash     BYTEA       NOT NULL,
    answer_sealed BYTEA,
    created_at    TIMESTAMPTZ NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at);
