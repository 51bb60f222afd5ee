-- Exports 导出: lists of residents, numbers masked, for a purpose.
CREATE TABLE exports (
    id         UUID        NOT NULL CONSTRAINT exports_pkey PRIMARY KEY,
    account_id UUID        NOT NULL CONSTRAINT exports_account_id_fkey REFERENCES accounts (id),
    division   BIGINT      NOT NULL CONSTRAINT exports_division_fkey REFERENCES divisions (code),
    form       TEXT        NOT NULL CONSTRAINT exports_form_check CHECK (form IN ('csv', 'xlsx')),
    purpose    TEXT        NOT NULL CONSTRAINT exports_purpose_check CHECK (purpose IN (
                   'service', 'emergency', 'mediation', 'petition', 'public_health', 'law_enforcement', 'correction')),
    residence  TEXT,
    min_age    INTEGER,
    max_age    INTEGER,
    people     BIGINT,
    file_id    UUID        CONSTRAINT exports_file_id_fkey REFERENCES files (id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX exports_account_id_idx ON exports (account_id, id);
CREATE INDEX exports_division_id_idx ON exports (division, id);
CREATE INDEX exports_file_id_idx ON exports (file_id);
