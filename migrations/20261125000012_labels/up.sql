-- Labels 标签 by level, on people and in numbers; health 居民健康情况表; data-sharing grants 数据共享授权.

-- What a division means by a label. A lower level adds, never redefines: the store sees to it.
CREATE TABLE labels (
    id           UUID        NOT NULL CONSTRAINT labels_pkey PRIMARY KEY,
    code         TEXT        NOT NULL CONSTRAINT labels_code_check CHECK (code ~ '^[a-z][a-z0-9_]{1,39}$'),
    name         TEXT        NOT NULL CONSTRAINT labels_name_check CHECK (char_length(name) BETWEEN 1 AND 40),
    description  TEXT        NOT NULL DEFAULT ''
                 CONSTRAINT labels_description_check CHECK (char_length(description) <= 500),
    division     BIGINT      NOT NULL CONSTRAINT labels_division_fkey REFERENCES divisions (code),
    level        TEXT        NOT NULL CONSTRAINT labels_level_check CHECK (level IN ('city', 'district', 'street')),
    see_roles    TEXT[]      NOT NULL CONSTRAINT labels_see_roles_check CHECK (cardinality(see_roles) > 0),
    set_roles    TEXT[]      NOT NULL CONSTRAINT labels_set_roles_check
                 CHECK (cardinality(set_roles) > 0 AND set_roles <@ see_roles),
    is_sensitive BOOLEAN     NOT NULL,
    lasts_days   INTEGER     CONSTRAINT labels_lasts_days_check CHECK (lasts_days BETWEEN 1 AND 3650),
    retired_on   DATE,
    version      BIGINT      NOT NULL DEFAULT 1,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT labels_division_code_key UNIQUE (division, code),
    CONSTRAINT labels_division_name_key UNIQUE (division, name)
);
CREATE INDEX labels_division_id_idx ON labels (division, id);
CREATE INDEX labels_code_idx ON labels (code);
CREATE INDEX labels_name_idx ON labels (name);

-- A label on a person, and what became of it. `division` is the person's committee, so that a list by label goes by one
-- index in the order of (division, resident_id).
CREATE TABLE resident_labels (
    id          UUID        NOT NULL CONSTRAINT resident_labels_pkey PRIMARY KEY,
    resident_id UUID        NOT NULL CONSTRAINT resident_labels_resident_id_fkey REFERENCES residents (id),
    label_id    UUID        NOT NULL CONSTRAINT resident_labels_label_id_fkey REFERENCES labels (id),
    division    BIGINT      NOT NULL CONSTRAINT resident_labels_division_fkey REFERENCES divisions (code),
    source      TEXT        NOT NULL CONSTRAINT resident_labels_source_check
                CHECK (source IN ('visit', 'application', 'department', 'import', 'other')),
    reason      TEXT        NOT NULL DEFAULT ''
                CONSTRAINT resident_labels_reason_check CHECK (char_length(reason) <= 500),
    set_by      UUID        NOT NULL CONSTRAINT resident_labels_set_by_fkey REFERENCES accounts (id),
    set_at      TIMESTAMPTZ NOT NULL,
    until       TIMESTAMPTZ CONSTRAINT resident_labels_until_check CHECK (until > set_at),
    removed_at  TIMESTAMPTZ,
    removed_by  UUID        CONSTRAINT resident_labels_removed_by_fkey REFERENCES accounts (id),
    removal     TEXT        CONSTRAINT resident_labels_removal_check CHECK (removal IN ('removed', 'expired', 'gone')),
    CONSTRAINT resident_labels_removed_check CHECK ((removed_at IS NULL) = (removal IS NULL))
);
CREATE UNIQUE INDEX resident_labels_resident_id_label_id_key ON resident_labels (resident_id, label_id)
    WHERE removed_at IS NULL;
CREATE INDEX resident_labels_label_id_division_resident_id_idx ON resident_labels (label_id, division, resident_id);
CREATE INDEX resident_labels_resident_id_idx ON resident_labels (resident_id, id);
CREATE INDEX resident_labels_division_idx ON resident_labels (division);
CREATE INDEX resident_labels_set_by_idx ON resident_labels (set_by);
CREATE INDEX resident_labels_removed_by_idx ON resident_labels (removed_by);
CREATE INDEX resident_labels_removed_at_idx ON resident_labels (removed_at);
-- Those whose time will be over: all together for the worker, label by label for what it has not done yet.
CREATE INDEX resident_labels_until_idx ON resident_labels (until) WHERE removed_at IS NULL;
CREATE INDEX resident_labels_label_id_until_idx ON resident_labels (label_id, until) WHERE removed_at IS NULL;

-- How many carry a label in a division of any level. Written by the worker alone, which adds the deltas up.
CREATE TABLE label_counts (
    label_id UUID   NOT NULL CONSTRAINT label_counts_label_id_fkey REFERENCES labels (id),
    division BIGINT NOT NULL,
    count    BIGINT NOT NULL,
    CONSTRAINT label_counts_pkey PRIMARY KEY (label_id, division)
);

-- What acts have added and taken away since. Only inserted by them, so that no writer waits for another; and without a
-- foreign key, which would have each of them mark the label's row.
CREATE TABLE label_count_deltas (
    id       BIGINT   GENERATED ALWAYS AS IDENTITY CONSTRAINT label_count_deltas_pkey PRIMARY KEY,
    label_id UUID     NOT NULL,
    division BIGINT   NOT NULL,
    delta    SMALLINT NOT NULL CONSTRAINT label_count_deltas_delta_check CHECK (delta IN (-1, 1))
-- Rows live for a second: what is left of them is cleared away soon, or looks would wade through it.
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX label_count_deltas_label_id_division_idx ON label_count_deltas (label_id, division);

-- Health 居民健康情况表: only with the person's consent, and gone when that is withdrawn.
CREATE TABLE resident_health (
    resident_id     UUID        NOT NULL CONSTRAINT resident_health_pkey PRIMARY KEY
                    CONSTRAINT resident_health_resident_id_fkey REFERENCES residents (id),
    division        BIGINT      NOT NULL CONSTRAINT resident_health_division_fkey REFERENCES divisions (code),
    mobility        TEXT        NOT NULL CONSTRAINT resident_health_mobility_check
                    CHECK (mobility IN ('independent', 'with_aid', 'wheelchair', 'bedridden')),
    care_level      TEXT        NOT NULL CONSTRAINT resident_health_care_level_check CHECK (care_level IN (
                        'unassessed', 'none', 'level_1', 'level_2', 'level_3', 'level_4', 'level_5', 'level_6')),
    conditions      TEXT[]      NOT NULL CONSTRAINT resident_health_conditions_check CHECK (conditions <@ ARRAY[
                        'hypertension', 'diabetes', 'heart_disease', 'stroke', 'cancer', 'lung_disease', 'kidney_disease',
                        'dementia', 'mental_disorder', 'tuberculosis', 'visual_impairment', 'hearing_impairment',
                        'physical_disability', 'pregnancy', 'other']),
    note_sealed     BYTEA,
    consented_on    DATE        NOT NULL,
    consent_how     TEXT        NOT NULL CONSTRAINT resident_health_consent_how_check
                    CHECK (consent_how IN ('signed_paper', 'in_app')),
    consent_version INTEGER     NOT NULL
                    CONSTRAINT resident_health_consent_version_check CHECK (consent_version BETWEEN 1 AND 1000),
    updated_by      UUID        NOT NULL CONSTRAINT resident_health_updated_by_fkey REFERENCES accounts (id),
    version         BIGINT      NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX resident_health_division_resident_id_idx ON resident_health (division, resident_id);
CREATE INDEX resident_health_updated_by_idx ON resident_health (updated_by);

-- Who may read which fields of whom, what for and how long.
CREATE TABLE data_grants (
    id           UUID        NOT NULL CONSTRAINT data_grants_pkey PRIMARY KEY,
    dataset      TEXT        NOT NULL CONSTRAINT data_grants_dataset_check CHECK (dataset IN ('residents')),
    fields       TEXT[]      NOT NULL CONSTRAINT data_grants_fields_check CHECK (cardinality(fields) > 0 AND fields <@ ARRAY[
                     'name', 'sex', 'born_on', 'residence', 'home', 'nationality', 'ethnicity', 'education',
                     'political_status', 'registered_place', 'document', 'phone']),
    purpose      TEXT        NOT NULL CONSTRAINT data_grants_purpose_check CHECK (purpose IN (
                     'service', 'emergency', 'mediation', 'petition', 'public_health', 'law_enforcement', 'correction')),
    reason       TEXT        NOT NULL CONSTRAINT data_grants_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    grantee_id   UUID        NOT NULL CONSTRAINT data_grants_grantee_id_fkey REFERENCES organisations (id),
    division     BIGINT      NOT NULL CONSTRAINT data_grants_division_fkey REFERENCES divisions (code),
    granted_by   UUID        NOT NULL CONSTRAINT data_grants_granted_by_fkey REFERENCES accounts (id),
    granted_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    withdrawn_by UUID        CONSTRAINT data_grants_withdrawn_by_fkey REFERENCES accounts (id),
    CONSTRAINT data_grants_term_check CHECK (expires_at > granted_at AND expires_at <= granted_at + interval '366 days'),
    CONSTRAINT data_grants_withdrawn_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX data_grants_division_id_idx ON data_grants (division, id);
CREATE INDEX data_grants_grantee_id_idx ON data_grants (grantee_id, id);
CREATE INDEX data_grants_granted_by_idx ON data_grants (granted_by);
CREATE INDEX data_grants_withdrawn_by_idx ON data_grants (withdrawn_by);

-- Every page read through a grant.
CREATE TABLE data_grant_reads (
    id            UUID        NOT NULL CONSTRAINT data_grant_reads_pkey PRIMARY KEY,
    data_grant_id UUID        NOT NULL CONSTRAINT data_grant_reads_data_grant_id_fkey REFERENCES data_grants (id),
    account_id    UUID        NOT NULL CONSTRAINT data_grant_reads_account_id_fkey REFERENCES accounts (id),
    at            TIMESTAMPTZ NOT NULL,
    rows          INTEGER     NOT NULL CONSTRAINT data_grant_reads_rows_check CHECK (rows >= 0)
);
CREATE INDEX data_grant_reads_data_grant_id_idx ON data_grant_reads (data_grant_id, id);
CREATE INDEX data_grant_reads_account_id_idx ON data_grant_reads (account_id, id);
