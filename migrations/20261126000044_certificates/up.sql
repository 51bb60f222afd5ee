-- Certificates of volunteering 志愿服务记录证明 (民政部令第67号): what was recorded, by who recorded it, with a number that anybody can ask about.

CREATE TABLE certificates (
    id                UUID        NOT NULL CONSTRAINT certificates_pkey PRIMARY KEY,
    -- Twelve digits, the last of which fits the others; random, so that nobody can tell how many there are.
    number            TEXT        NOT NULL CONSTRAINT certificates_number_check CHECK (number ~ '^[0-9]{12}$')
                      CONSTRAINT certificates_number_key UNIQUE,
    resident_id       UUID        NOT NULL CONSTRAINT certificates_resident_id_fkey REFERENCES residents (id),
    -- Who asked for it: the person, or the guardian.
    account_id        UUID        NOT NULL CONSTRAINT certificates_account_id_fkey REFERENCES accounts (id),
    division          BIGINT      NOT NULL CONSTRAINT certificates_division_fkey REFERENCES divisions (code),
    -- 谁组织谁记录, 谁记录谁证明: the organiser whose record it is, by its name of that day.
    organisation_id   UUID        CONSTRAINT certificates_organisation_id_fkey REFERENCES organisations (id),
    building_group_id UUID        CONSTRAINT certificates_building_group_id_fkey REFERENCES building_groups (id),
    issuer_name       TEXT        NOT NULL CONSTRAINT certificates_issuer_name_check CHECK (char_length(issuer_name) BETWEEN 1 AND 200),
    served_from       DATE        NOT NULL,
    served_until      DATE        NOT NULL,
    minutes           INTEGER     NOT NULL CONSTRAINT certificates_minutes_check CHECK (minutes > 0),
    -- What was done: the titles of the calls. Name and document of the person are shown from the record, so that they go with it.
    content           TEXT        NOT NULL CONSTRAINT certificates_content_check CHECK (char_length(content) <= 4000),
    shows_name        BOOLEAN     NOT NULL,
    shows_document    BOOLEAN     NOT NULL,
    shows_content     BOOLEAN     NOT NULL,
    revoked_at        TIMESTAMPTZ,
    revoked_by        UUID        CONSTRAINT certificates_revoked_by_fkey REFERENCES accounts (id),
    revocation        TEXT        CONSTRAINT certificates_revocation_check CHECK (char_length(revocation) BETWEEN 1 AND 500),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT certificates_issuer_check CHECK (num_nonnulls(organisation_id, building_group_id) = 1),
    CONSTRAINT certificates_days_check CHECK (served_from <= served_until),
    CONSTRAINT certificates_revoked_check CHECK (num_nonnulls(revoked_at, revoked_by, revocation) IN (0, 3))
);
CREATE INDEX certificates_resident_id_idx ON certificates (resident_id, id);
CREATE INDEX certificates_account_id_idx ON certificates (account_id);
CREATE INDEX certificates_division_idx ON certificates (division, id);
CREATE INDEX certificates_organisation_id_idx ON certificates (organisation_id);
CREATE INDEX certificates_building_group_id_idx ON certificates (building_group_id);
CREATE INDEX certificates_revoked_by_idx ON certificates (revoked_by);
