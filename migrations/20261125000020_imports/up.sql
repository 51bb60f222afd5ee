-- Imports 批量导入 of residents: how far one is, what it did, and what was wrong with which row.
CREATE TABLE imports (
    id          UUID        NOT NULL CONSTRAINT imports_pkey PRIMARY KEY,
    account_id  UUID        CONSTRAINT imports_account_id_fkey REFERENCES accounts (id),
    division    BIGINT      NOT NULL CONSTRAINT imports_division_fkey REFERENCES divisions (code),
    form        TEXT        NOT NULL CONSTRAINT imports_form_check CHECK (form IN ('csv', 'xlsx')),
    sha256      BYTEA       NOT NULL,
    source_id   UUID        CONSTRAINT imports_source_id_fkey REFERENCES files (id) ON DELETE SET NULL,
    report_id   UUID        CONSTRAINT imports_report_id_fkey REFERENCES files (id) ON DELETE SET NULL,
    mode        TEXT        NOT NULL CONSTRAINT imports_mode_check CHECK (mode IN ('each', 'all')),
    is_dry_run  BOOLEAN     NOT NULL,
    is_checked  BOOLEAN     NOT NULL DEFAULT false,
    done        BIGINT      NOT NULL DEFAULT 0,
    entered     BIGINT      NOT NULL DEFAULT 0,
    changed     BIGINT      NOT NULL DEFAULT 0,
    unchanged   BIGINT      NOT NULL DEFAULT 0,
    refused     BIGINT      NOT NULL DEFAULT 0,
    created_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);
CREATE INDEX imports_account_id_idx ON imports (account_id, id);
CREATE INDEX imports_division_id_idx ON imports (division, id);
CREATE INDEX imports_source_id_idx ON imports (source_id);
CREATE INDEX imports_report_id_idx ON imports (report_id);

-- Who stood in which row, so that somebody who stands in two is found. Emptied when the import is finished.
CREATE TABLE import_keys (
    import_id UUID   NOT NULL CONSTRAINT import_keys_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    key       BYTEA  NOT NULL,
    line      BIGINT NOT NULL,
    CONSTRAINT import_keys_pkey PRIMARY KEY (import_id, key)
);

-- What was wrong with a row: its number, its column, a code; never what stood there.
CREATE TABLE import_faults (
    import_id   UUID   NOT NULL CONSTRAINT import_faults_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    line        BIGINT NOT NULL,
    field       TEXT   NOT NULL,
    code        TEXT   NOT NULL,
    explanation TEXT   NOT NULL,
    CONSTRAINT import_faults_pkey PRIMARY KEY (import_id, line, field)
);
CREATE INDEX imports_finished_at_idx ON imports (finished_at);
