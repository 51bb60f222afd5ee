-- The person's own rights: who an account is in the archive 居民认证, consents 同意, corrections 更正, erasures 删除 and guardians 监护.

-- A record that was emptied, or that the law keeps although its person asked to have it deleted, is found by nobody in daily work.
ALTER TABLE residents DROP CONSTRAINT residents_status_check;
ALTER TABLE residents ADD CONSTRAINT residents_status_known_check
    CHECK (status IN ('present', 'departed', 'deceased', 'merged', 'restricted', 'erased'));
-- One account is one person in a committee.
CREATE UNIQUE INDEX residents_division_account_id_key ON residents (division, account_id)
    WHERE status NOT IN ('merged', 'restricted');

-- Somebody says who they are and where they live. What they said is removed when it is decided.
CREATE TABLE residencies (
    id              UUID        NOT NULL CONSTRAINT residencies_pkey PRIMARY KEY,
    account_id      UUID        NOT NULL CONSTRAINT residencies_account_id_fkey REFERENCES accounts (id),
    division        BIGINT      NOT NULL CONSTRAINT residencies_division_fkey REFERENCES divisions (code),
    building_id     UUID        CONSTRAINT residencies_building_id_fkey REFERENCES buildings (id),
    unit            TEXT        CONSTRAINT residencies_unit_check CHECK (char_length(unit) <= 20),
    number          TEXT        CONSTRAINT residencies_number_check CHECK (char_length(number) <= 20),
    name            TEXT        CONSTRAINT residencies_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    document_kind   TEXT,
    document_sealed BYTEA,
    document_hash   BYTEA,
    status          TEXT        NOT NULL CONSTRAINT residencies_status_check
                    CHECK (status IN ('pending', 'verified', 'refused', 'superseded')),
    resident_id     UUID        CONSTRAINT residencies_resident_id_fkey REFERENCES residents (id),
    reason          TEXT        NOT NULL DEFAULT '' CONSTRAINT residencies_reason_check CHECK (char_length(reason) <= 500),
    decided_by      UUID        CONSTRAINT residencies_decided_by_fkey REFERENCES accounts (id),
    decided_at      TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT residencies_decided_check CHECK ((status = 'pending') = (decided_at IS NULL)),
    CONSTRAINT residencies_verified_check CHECK ((status = 'verified') = (resident_id IS NOT NULL)),
    CONSTRAINT residencies_claim_check CHECK (
        (status = 'pending') = (name IS NOT NULL) AND (status = 'pending') = (building_id IS NOT NULL)
        AND (status = 'pending') = (unit IS NOT NULL) AND (status = 'pending') = (number IS NOT NULL)
        AND (status = 'pending') = (document_kind IS NOT NULL) AND (status = 'pending') = (document_sealed IS NOT NULL)
        AND (status = 'pending') = (document_hash IS NOT NULL))
);
CREATE UNIQUE INDEX residencies_account_id_division_key ON residencies (account_id, division) WHERE status = 'pending';
CREATE INDEX residencies_account_id_idx ON residencies (account_id, id);
CREATE INDEX residencies_division_id_idx ON residencies (division, id);
CREATE INDEX residencies_building_id_idx ON residencies (building_id);
CREATE INDEX residencies_resident_id_idx ON residencies (resident_id);
CREATE INDEX residencies_decided_by_idx ON residencies (decided_by);

-- Attempts of a day, by keyed hash of an account or of a document: only to be counted.
CREATE TABLE residency_attempts (
    id      UUID        NOT NULL CONSTRAINT residency_attempts_pkey PRIMARY KEY,
    subject BYTEA       NOT NULL,
    at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX residency_attempts_subject_idx ON residency_attempts (subject, at);
CREATE INDEX residency_attempts_at_idx ON residency_attempts (at);

-- What a person agrees to. A consent that was withdrawn stays as history.
CREATE TABLE consents (
    id             UUID        NOT NULL CONSTRAINT consents_pkey PRIMARY KEY,
    account_id     UUID        NOT NULL CONSTRAINT consents_account_id_fkey REFERENCES accounts (id),
    -- The child, where a guardian agrees for one.
    resident_id    UUID        CONSTRAINT consents_resident_id_fkey REFERENCES residents (id),
    purpose        TEXT        NOT NULL CONSTRAINT consents_purpose_check CHECK (purpose IN (
                       'notifications', 'volunteering', 'health', 'movement_track', 'third_party_sharing', 'publication')),
    notice_version INTEGER     NOT NULL,
    is_separate    BOOLEAN     NOT NULL,
    given_at       TIMESTAMPTZ NOT NULL,
    withdrawn_at   TIMESTAMPTZ
);
CREATE UNIQUE INDEX consents_account_id_purpose_key ON consents (account_id, purpose)
    WHERE withdrawn_at IS NULL AND resident_id IS NULL;
CREATE UNIQUE INDEX consents_resident_id_purpose_key ON consents (resident_id, purpose) WHERE withdrawn_at IS NULL;
CREATE INDEX consents_account_id_idx ON consents (account_id, id);
CREATE INDEX consents_resident_id_idx ON consents (resident_id, id);

-- What a person says is wrong in their record. The value is removed when it is decided.
CREATE TABLE corrections (
    id           UUID        NOT NULL CONSTRAINT corrections_pkey PRIMARY KEY,
    resident_id  UUID        NOT NULL CONSTRAINT corrections_resident_id_fkey REFERENCES residents (id),
    division     BIGINT      NOT NULL CONSTRAINT corrections_division_fkey REFERENCES divisions (code),
    account_id   UUID        NOT NULL CONSTRAINT corrections_account_id_fkey REFERENCES accounts (id),
    field        TEXT        NOT NULL CONSTRAINT corrections_field_check CHECK (field IN (
                     'name', 'document', 'phone', 'sex', 'born_on', 'nationality', 'ethnicity', 'education',
                     'political_status', 'registered_place', 'residence')),
    value_sealed BYTEA,
    note         TEXT        NOT NULL CONSTRAINT corrections_note_check CHECK (char_length(note) <= 500),
    status       TEXT        NOT NULL CONSTRAINT corrections_status_check
                 CHECK (status IN ('pending', 'accepted', 'refused')),
    answer       TEXT        NOT NULL DEFAULT '' CONSTRAINT corrections_answer_check CHECK (char_length(answer) <= 500),
    decided_by   UUID        CONSTRAINT corrections_decided_by_fkey REFERENCES accounts (id),
    decided_at   TIMESTAMPTZ,
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT corrections_decided_check CHECK ((status = 'pending') = (decided_at IS NULL)),
    CONSTRAINT corrections_value_check CHECK ((status = 'pending') = (value_sealed IS NOT NULL))
);
CREATE UNIQUE INDEX corrections_resident_id_field_key ON corrections (resident_id, field) WHERE status = 'pending';
CREATE INDEX corrections_resident_id_idx ON corrections (resident_id, id);
CREATE INDEX corrections_division_id_idx ON corrections (division, id);
CREATE INDEX corrections_account_id_idx ON corrections (account_id, id);
CREATE INDEX corrections_decided_by_idx ON corrections (decided_by);

-- Somebody asks to have their record deleted (个人信息保护法 art. 47), and what became of it.
CREATE TABLE erasures (
    id          UUID        NOT NULL CONSTRAINT erasures_pkey PRIMARY KEY,
    resident_id UUID        NOT NULL CONSTRAINT erasures_resident_id_fkey REFERENCES residents (id),
    division    BIGINT      NOT NULL CONSTRAINT erasures_division_fkey REFERENCES divisions (code),
    account_id  UUID        NOT NULL CONSTRAINT erasures_account_id_fkey REFERENCES accounts (id),
    reason      TEXT        NOT NULL CONSTRAINT erasures_reason_check CHECK (char_length(reason) <= 500),
    status      TEXT        NOT NULL CONSTRAINT erasures_status_check
                CHECK (status IN ('pending', 'erased', 'sealed_by_law', 'refused')),
    answer      TEXT        NOT NULL DEFAULT '' CONSTRAINT erasures_answer_check CHECK (char_length(answer) <= 500),
    decided_by  UUID        CONSTRAINT erasures_decided_by_fkey REFERENCES accounts (id),
    decided_at  TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT erasures_decided_check CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX erasures_resident_id_key ON erasures (resident_id) WHERE status = 'pending';
CREATE INDEX erasures_resident_id_idx ON erasures (resident_id, id);
CREATE INDEX erasures_division_id_idx ON erasures (division, id);
CREATE INDEX erasures_account_id_idx ON erasures (account_id, id);
CREATE INDEX erasures_decided_by_idx ON erasures (decided_by);

-- Who acts for a child under 14 监护人.
CREATE TABLE guardians (
    id          UUID        NOT NULL CONSTRAINT guardians_pkey PRIMARY KEY,
    ward_id     UUID        NOT NULL CONSTRAINT guardians_ward_id_fkey REFERENCES residents (id),
    guardian_id UUID        NOT NULL CONSTRAINT guardians_guardian_id_fkey REFERENCES residents (id),
    division    BIGINT      NOT NULL CONSTRAINT guardians_division_fkey REFERENCES divisions (code),
    relation    TEXT        NOT NULL CONSTRAINT guardians_relation_check
                CHECK (relation IN ('parent', 'grandparent', 'sibling', 'other_relative', 'appointed')),
    evidence    TEXT        NOT NULL CONSTRAINT guardians_evidence_check CHECK (char_length(evidence) BETWEEN 1 AND 200),
    recorded_by UUID        NOT NULL CONSTRAINT guardians_recorded_by_fkey REFERENCES accounts (id),
    created_at  TIMESTAMPTZ NOT NULL,
    ended_at    TIMESTAMPTZ,
    CONSTRAINT guardians_persons_check CHECK (ward_id <> guardian_id)
);
CREATE UNIQUE INDEX guardians_ward_id_guardian_id_key ON guardians (ward_id, guardian_id) WHERE ended_at IS NULL;
CREATE INDEX guardians_ward_id_idx ON guardians (ward_id, id);
CREATE INDEX guardians_guardian_id_idx ON guardians (guardian_id);
CREATE INDEX guardians_division_id_idx ON guardians (division, id);
CREATE INDEX guardians_recorded_by_idx ON guardians (recorded_by);
