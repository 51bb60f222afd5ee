-- The people: the residents' archive 实有人口, and who looked at whole values in it.

-- Names are compared by bytes (COLLATE "C"), so that one plain index finds what begins with a text and keeps the order.
CREATE TABLE residents (
    id                UUID        NOT NULL CONSTRAINT residents_pkey PRIMARY KEY,
    division          BIGINT      NOT NULL CONSTRAINT residents_division_fkey REFERENCES divisions (code),
    name              TEXT        COLLATE "C" NOT NULL
                      CONSTRAINT residents_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    pinyin            TEXT        COLLATE "C" NOT NULL,
    initials          TEXT        COLLATE "C" NOT NULL,
    sex               TEXT        CONSTRAINT residents_sex_check CHECK (sex IN ('male', 'female')),
    born_on           DATE,
    document_kind     TEXT        CONSTRAINT residents_document_kind_check CHECK (document_kind IN (
                          'resident_id_card', 'passport', 'hong_kong_macau_permit', 'taiwan_permit',
                          'permanent_residence_card', 'officer_card', 'birth_certificate')),
    document_sealed   BYTEA,
    document_hash     BYTEA,
    phone_sealed      BYTEA,
    phone_hash        BYTEA,
    no_identifier     TEXT        CONSTRAINT residents_no_identifier_check CHECK (no_identifier IN (
                          'newborn', 'undocumented', 'refused', 'not_at_hand')),
    nationality       TEXT        NOT NULL DEFAULT 'CHN'
                      CONSTRAINT residents_nationality_check CHECK (nationality ~ '^[A-Z]{3}$'),
    ethnicity         TEXT        CONSTRAINT residents_ethnicity_check CHECK (ethnicity ~ '^[0-9]{2}$'),
    education         TEXT        CONSTRAINT residents_education_check CHECK (education IN (
                          'none', 'primary', 'junior_secondary', 'senior_secondary', 'vocational', 'college',
                          'bachelor', 'master', 'doctor')),
    political_status  TEXT        CONSTRAINT residents_political_status_check CHECK (political_status IN (
                          'party_member', 'probationary_member', 'league_member', 'democratic_party', 'no_party')),
    registered_place  TEXT        NOT NULL DEFAULT ''
                      CONSTRAINT residents_registered_place_check CHECK (char_length(registered_place) <= 200),
    residence         TEXT        NOT NULL CONSTRAINT residents_residence_check CHECK (residence IN (
                          'registered_here', 'registered_elsewhere', 'registered_only', 'from_other_province',
                          'from_abroad')),
    home_id           UUID        CONSTRAINT residents_home_id_fkey REFERENCES dwellings (id),
    account_id        UUID        CONSTRAINT residents_account_id_fkey REFERENCES accounts (id),
    status            TEXT        NOT NULL DEFAULT 'present'
                      CONSTRAINT residents_status_check CHECK (status IN ('present', 'departed', 'deceased', 'merged')),
    merged_into       UUID        CONSTRAINT residents_merged_into_fkey REFERENCES residents (id),
    external_id       TEXT        CONSTRAINT residents_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 100),
    source            TEXT        NOT NULL CONSTRAINT residents_source_check
                      CHECK (source IN ('worker', 'import', 'residency', 'enrolment')),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT residents_document_whole_check CHECK (
        (document_kind IS NULL) = (document_sealed IS NULL) AND (document_kind IS NULL) = (document_hash IS NULL)),
    CONSTRAINT residents_phone_whole_check CHECK ((phone_sealed IS NULL) = (phone_hash IS NULL)),
    CONSTRAINT residents_merged_check CHECK ((status = 'merged') = (merged_into IS NOT NULL))
);
-- One person, one record in a committee; another committee may have its own of the same person (人户分离), and neither
-- learns of the other's.
CREATE UNIQUE INDEX residents_division_document_hash_key ON residents (division, document_hash) WHERE status <> 'merged';
CREATE UNIQUE INDEX residents_division_external_id_key ON residents (division, external_id) WHERE status <> 'merged';
CREATE INDEX residents_division_id_idx ON residents (division, id);
CREATE INDEX residents_document_hash_idx ON residents (document_hash);
CREATE INDEX residents_phone_hash_idx ON residents (phone_hash);
CREATE INDEX residents_home_id_idx ON residents (home_id);
CREATE INDEX residents_merged_into_idx ON residents (merged_into);
CREATE INDEX residents_account_id_idx ON residents (account_id);
-- Names in a committee or street are looked through by the first, in anything wider by one of the others.
CREATE INDEX residents_division_names_idx ON residents (division, pinyin, initials, name);
CREATE INDEX residents_name_id_idx ON residents (name, id);
CREATE INDEX residents_pinyin_id_idx ON residents (pinyin, id);
CREATE INDEX residents_initials_id_idx ON residents (initials, id);

-- Who looked at whole values 查询记录: one row for a person, a looker and a purpose within ten minutes.
CREATE TABLE disclosures (
    id              UUID        NOT NULL CONSTRAINT disclosures_pkey PRIMARY KEY,
    resident_id     UUID        NOT NULL CONSTRAINT disclosures_resident_id_fkey REFERENCES residents (id),
    account_id      UUID        NOT NULL CONSTRAINT disclosures_account_id_fkey REFERENCES accounts (id),
    role            TEXT        NOT NULL,
    organisation_id UUID        CONSTRAINT disclosures_organisation_id_fkey REFERENCES organisations (id),
    purpose         TEXT        NOT NULL CONSTRAINT disclosures_purpose_check CHECK (purpose IN (
                        'service', 'emergency', 'mediation', 'petition', 'public_health', 'law_enforcement', 'correction')),
    fields          TEXT[]      NOT NULL,
    at              TIMESTAMPTZ NOT NULL
);
CREATE INDEX disclosures_resident_id_idx ON disclosures (resident_id, id);
CREATE INDEX disclosures_account_id_idx ON disclosures (account_id, id);
CREATE INDEX disclosures_organisation_id_idx ON disclosures (organisation_id);
