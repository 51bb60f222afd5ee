-- Calendars 日历订阅 that phones subscribe to: an address with a secret in it, of which a keyed hash is kept and nothing else.

CREATE TABLE calendars (
    id         UUID        NOT NULL CONSTRAINT calendars_pkey PRIMARY KEY,
    account_id UUID        NOT NULL CONSTRAINT calendars_account_id_fkey REFERENCES accounts (id),
    kind       TEXT        NOT NULL CONSTRAINT calendars_kind_check CHECK (kind IN ('own_shifts', 'public_calls')),
    -- Whose public calls.
    division   BIGINT      CONSTRAINT calendars_division_fkey REFERENCES divisions (code),
    token_hash BYTEA       NOT NULL CONSTRAINT calendars_token_hash_key UNIQUE
                           CONSTRAINT calendars_token_hash_check CHECK (octet_length(token_hash) = 32),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT calendars_place_check CHECK ((kind = 'public_calls') = (division IS NOT NULL))
);
CREATE INDEX calendars_account_id_idx ON calendars (account_id, id);
CREATE INDEX calendars_division_idx ON calendars (division, id);
