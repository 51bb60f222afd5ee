-- Data exports 个人信息副本 (个人信息保护法 art. 45): all that is kept of a person, for that person. Sealed, and gone after a week.
CREATE TABLE data_exports (
    id             UUID        NOT NULL CONSTRAINT data_exports_pkey PRIMARY KEY,
    account_id     UUID        NOT NULL CONSTRAINT data_exports_account_id_fkey REFERENCES accounts (id),
    content_sealed BYTEA,
    created_at     TIMESTAMPTZ NOT NULL
);
CREATE INDEX data_exports_account_id_idx ON data_exports (account_id, id);
CREATE INDEX data_exports_created_at_idx ON data_exports (created_at);
