-- The keys of our own codes (SG1), apart from those of access tokens: gates verify with them, online or not. A code names its key by
-- two bytes.
CREATE TABLE code_keys (
    id             INTEGER     NOT NULL CONSTRAINT code_keys_pkey PRIMARY KEY
                   CONSTRAINT code_keys_id_check CHECK (id BETWEEN 1 AND 65535),
    public_key     BYTEA       NOT NULL CONSTRAINT code_keys_public_key_check CHECK (octet_length(public_key) = 32),
    private_sealed BYTEA       NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL,
    signs_from     TIMESTAMPTZ NOT NULL,
    retired_at     TIMESTAMPTZ
);
CREATE INDEX code_keys_retired_at_idx ON code_keys (retired_at);
