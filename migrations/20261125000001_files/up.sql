-- Files that people send, and what each belongs to. Their bytes are kept elsewhere, under names that nobody can guess.

CREATE TABLE files (
    id            UUID        NOT NULL CONSTRAINT files_pkey PRIMARY KEY,
    account_id    UUID        NOT NULL CONSTRAINT files_account_id_fkey REFERENCES accounts (id),
    kind          TEXT        NOT NULL
                  CONSTRAINT files_kind_check CHECK (kind IN ('jpeg', 'png', 'webp', 'pdf', 'csv', 'xlsx')),
    name          TEXT        NOT NULL CONSTRAINT files_name_check CHECK (char_length(name) BETWEEN 1 AND 210),
    size          BIGINT      NOT NULL CONSTRAINT files_size_check CHECK (size > 0),
    width         INTEGER,
    height        INTEGER,
    sha256        BYTEA       NOT NULL CONSTRAINT files_sha256_check CHECK (octet_length(sha256) = 32),
    content_key   TEXT        NOT NULL CONSTRAINT files_content_key_key UNIQUE,
    thumbnail_key TEXT        CONSTRAINT files_thumbnail_key_key UNIQUE,
    created_at    TIMESTAMPTZ NOT NULL,
    -- None once it belongs to something.
    expires_at    TIMESTAMPTZ,
    CONSTRAINT files_picture_check CHECK ((width IS NULL) = (height IS NULL) AND (width IS NULL) = (thumbnail_key IS NULL))
);
CREATE INDEX files_account_id_expires_at_idx ON files (account_id, expires_at);
CREATE INDEX files_expires_at_idx ON files (expires_at) WHERE expires_at IS NOT NULL;

-- A file belongs to one thing at most, and is read by whoever may read that.
CREATE TABLE file_links (
    file_id     UUID        NOT NULL CONSTRAINT file_links_pkey PRIMARY KEY
                CONSTRAINT file_links_file_id_fkey REFERENCES files (id) ON DELETE CASCADE,
    resource    TEXT        NOT NULL CONSTRAINT file_links_resource_check CHECK (char_length(resource) BETWEEN 1 AND 60),
    resource_id UUID        NOT NULL,
    division    BIGINT      NOT NULL CONSTRAINT file_links_division_fkey REFERENCES divisions (code),
    created_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX file_links_resource_idx ON file_links (resource, resource_id, file_id);
CREATE INDEX file_links_division_file_id_idx ON file_links (division, file_id);
