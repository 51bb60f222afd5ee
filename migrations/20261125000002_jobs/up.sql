-- Long work on somebody's behalf: what is to be done, how far it is, and how it ended.

CREATE TABLE jobs (
    id               UUID        NOT NULL CONSTRAINT jobs_pkey PRIMARY KEY,
    kind             TEXT        NOT NULL
                     CONSTRAINT jobs_kind_check CHECK (char_length(kind) BETWEEN 1 AND 60),
    account_id       UUID        NOT NULL CONSTRAINT jobs_account_id_fkey REFERENCES accounts (id),
    is_second_factor BOOLEAN     NOT NULL,
    division         BIGINT      CONSTRAINT jobs_division_fkey REFERENCES divisions (code),
    -- Ids and codes only, never personal data.
    payload          JSONB       NOT NULL,
    state            TEXT        NOT NULL
                     CONSTRAINT jobs_state_check CHECK (state IN ('queued', 'running', 'done', 'failed')),
    done             BIGINT      NOT NULL DEFAULT 0
                     CONSTRAINT jobs_done_check CHECK (done >= 0),
    total            BIGINT      CONSTRAINT jobs_total_check CHECK (total >= 0),
    result           JSONB,
    problem_code     TEXT,
    -- Fruitless ones in a row: progress sets it back to 0.
    attempts         INTEGER     NOT NULL DEFAULT 0,
    -- Who works at it: another at each take-over, so that who lost it can't write any more.
    claim            UUID,
    run_at           TIMESTAMPTZ NOT NULL,
    heartbeat_at     TIMESTAMPTZ,
    created_at       TIMESTAMPTZ NOT NULL,
    started_at       TIMESTAMPTZ,
    finished_at      TIMESTAMPTZ,
    CONSTRAINT jobs_claim_check CHECK ((state = 'running') = (claim IS NOT NULL)),
    CONSTRAINT jobs_finished_at_check CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL))
);
CREATE INDEX jobs_account_id_id_idx ON jobs (account_id, id);
CREATE INDEX jobs_division_id_idx ON jobs (division, id);
CREATE INDEX jobs_open_idx ON jobs (run_at, id) WHERE finished_at IS NULL;
CREATE INDEX jobs_finished_at_idx ON jobs (finished_at);

-- What is too old is found by an index (src/app/retention.rs).
CREATE INDEX otps_expires_at_idx ON otps (expires_at);
CREATE INDEX outbox_created_at_idx ON outbox (created_at);
CREATE INDEX refresh_tokens_used_at_idx ON refresh_tokens (used_at);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX signing_keys_retired_at_idx ON signing_keys (retired_at);
