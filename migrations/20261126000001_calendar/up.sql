-- The working calendar 工作日历, how long things may take 办理时限, and the emergencies that change it 平急转换.

-- Years whose holidays are known. In others the rule of the week alone holds, and every day counted by it is provisional.
CREATE TABLE calendar_years (
    year      INTEGER     NOT NULL CONSTRAINT calendar_years_pkey PRIMARY KEY
              CONSTRAINT calendar_years_year_check CHECK (year BETWEEN 1949 AND 2999),
    source    TEXT        NOT NULL CONSTRAINT calendar_years_source_check CHECK (char_length(source) BETWEEN 1 AND 200),
    version   BIGINT      NOT NULL DEFAULT 1,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- Days that break the rule of the week: holidays 法定节假日, and weekend days that are worked 调休.
CREATE TABLE calendar_days (
    day        DATE    NOT NULL CONSTRAINT calendar_days_pkey PRIMARY KEY,
    year       INTEGER NOT NULL CONSTRAINT calendar_days_year_fkey REFERENCES calendar_years (year),
    is_workday BOOLEAN NOT NULL,
    name       TEXT    NOT NULL CONSTRAINT calendar_days_name_check CHECK (char_length(name) BETWEEN 1 AND 40),
    CONSTRAINT calendar_days_year_check CHECK (EXTRACT(YEAR FROM day) = year)
);
CREATE INDEX calendar_days_year_idx ON calendar_days (year, day);

-- How long a clock runs, for which kind of matter, where, from which day, by which law. What is empty holds for all.
CREATE TABLE matter_policies (
    id              UUID        NOT NULL CONSTRAINT matter_policies_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT matter_policies_division_fkey REFERENCES divisions (code),
    kind            TEXT        NOT NULL
                    CONSTRAINT matter_policies_kind_check CHECK (kind IN ('petition', 'mediation_case')),
    variant         TEXT        CONSTRAINT matter_policies_variant_check CHECK (char_length(variant) BETWEEN 1 AND 40),
    category        TEXT        CONSTRAINT matter_policies_category_check CHECK (char_length(category) BETWEEN 1 AND 40),
    grade           TEXT        CONSTRAINT matter_policies_grade_check CHECK (char_length(grade) BETWEEN 1 AND 40),
    mode            TEXT        NOT NULL CONSTRAINT matter_policies_mode_check CHECK (mode IN ('normal', 'emergency')),
    clock           TEXT        NOT NULL CONSTRAINT matter_policies_clock_check CHECK (clock IN (
                        'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review',
                        'final_review', 'summons')),
    amount          INTEGER     NOT NULL CONSTRAINT matter_policies_amount_check CHECK (amount BETWEEN 1 AND 3660),
    unit            TEXT        NOT NULL
                    CONSTRAINT matter_policies_unit_check CHECK (unit IN ('working_day', 'calendar_day', 'month')),
    -- Of joint petitions: from how many signatures on, who must answer.
    signatures      INTEGER     CONSTRAINT matter_policies_signatures_check CHECK (signatures BETWEEN 1 AND 10000000),
    level           TEXT        CONSTRAINT matter_policies_level_check
                    CHECK (level IN ('committee', 'street', 'district', 'city')),
    effective_from  DATE        NOT NULL,
    effective_until DATE,
    legal_basis     TEXT        NOT NULL
                    CONSTRAINT matter_policies_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    created_by      UUID        CONSTRAINT matter_policies_created_by_fkey REFERENCES accounts (id),
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT matter_policies_term_check CHECK (effective_from <= effective_until),
    CONSTRAINT matter_policies_threshold_check CHECK ((signatures IS NULL) = (level IS NULL))
);
CREATE INDEX matter_policies_division_id_idx ON matter_policies (division, id);
CREATE INDEX matter_policies_kind_clock_idx ON matter_policies (kind, clock, mode);
CREATE INDEX matter_policies_created_by_idx ON matter_policies (created_by);

-- 平急转换 (G6): while an order is in force, the clocks of its range run by the policies of emergencies.
CREATE TABLE emergency_orders (
    id          UUID        NOT NULL CONSTRAINT emergency_orders_pkey PRIMARY KEY,
    division    BIGINT      NOT NULL CONSTRAINT emergency_orders_division_fkey REFERENCES divisions (code),
    title       TEXT        NOT NULL CONSTRAINT emergency_orders_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    legal_basis TEXT        NOT NULL
                CONSTRAINT emergency_orders_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    starts_at   TIMESTAMPTZ NOT NULL,
    ends_at     TIMESTAMPTZ NOT NULL,
    -- Called off before its end.
    ended_at    TIMESTAMPTZ,
    ended_by    UUID        CONSTRAINT emergency_orders_ended_by_fkey REFERENCES accounts (id),
    created_by  UUID        NOT NULL CONSTRAINT emergency_orders_created_by_fkey REFERENCES accounts (id),
    version     BIGINT      NOT NULL DEFAULT 1,
    created_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT emergency_orders_term_check CHECK (starts_at < ends_at),
    CONSTRAINT emergency_orders_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX emergency_orders_division_id_idx ON emergency_orders (division, id);
CREATE INDEX emergency_orders_ends_at_idx ON emergency_orders (ends_at) WHERE ended_at IS NULL;
CREATE INDEX emergency_orders_created_by_idx ON emergency_orders (created_by);
CREATE INDEX emergency_orders_ended_by_idx ON emergency_orders (ended_by);
