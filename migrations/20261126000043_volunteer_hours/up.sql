-- Who came 出勤, the hours that follow from it 志愿服务时长, what is disputed, and the rules that hours are counted by.

CREATE TABLE attendances (
    id            UUID        NOT NULL CONSTRAINT attendances_pkey PRIMARY KEY,
    signup_id     UUID        NOT NULL CONSTRAINT attendances_signup_id_fkey REFERENCES shift_signups (id),
    shift_id      UUID        NOT NULL CONSTRAINT attendances_shift_id_fkey REFERENCES shifts (id),
    resident_id   UUID        NOT NULL CONSTRAINT attendances_resident_id_fkey REFERENCES residents (id),
    division      BIGINT      NOT NULL CONSTRAINT attendances_division_fkey REFERENCES divisions (code),
    kind          TEXT        NOT NULL CONSTRAINT attendances_kind_check CHECK (kind IN ('present', 'no_show')),
    arrived_at    TIMESTAMPTZ,
    left_at       TIMESTAMPTZ,
    break_minutes INTEGER     NOT NULL CONSTRAINT attendances_break_minutes_check CHECK (break_minutes BETWEEN 0 AND 1440),
    -- Whether a code was shown, or somebody wrote it down, and why.
    source        TEXT        NOT NULL CONSTRAINT attendances_source_check CHECK (source IN ('code', 'leader', 'completion')),
    reason        TEXT        NOT NULL CONSTRAINT attendances_reason_check CHECK (char_length(reason) <= 500),
    noted_by      UUID        CONSTRAINT attendances_noted_by_fkey REFERENCES accounts (id),
    version       BIGINT      NOT NULL DEFAULT 1,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    CONSTRAINT attendances_arrived_check CHECK ((kind = 'present') = (arrived_at IS NOT NULL)),
    CONSTRAINT attendances_left_at_check CHECK (left_at IS NULL OR left_at >= arrived_at),
    CONSTRAINT attendances_noted_check CHECK (source <> 'leader' OR noted_by IS NOT NULL AND reason <> '')
);
-- One is there once at a time, and either came or did not.
CREATE UNIQUE INDEX attendances_open_key ON attendances (signup_id) WHERE kind = 'present' AND left_at IS NULL;
CREATE UNIQUE INDEX attendances_no_show_key ON attendances (signup_id) WHERE kind = 'no_show';
CREATE INDEX attendances_signup_id_idx ON attendances (signup_id, id);
CREATE INDEX attendances_shift_id_idx ON attendances (shift_id, id);
CREATE INDEX attendances_resident_id_idx ON attendances (resident_id, arrived_at);
CREATE INDEX attendances_division_idx ON attendances (division, id);
CREATE INDEX attendances_noted_by_idx ON attendances (noted_by);

-- What was put right 更正: as it was and as it is from then on, and why.
CREATE TABLE attendance_corrections (
    id            UUID        NOT NULL CONSTRAINT attendance_corrections_pkey PRIMARY KEY,
    attendance_id UUID        NOT NULL CONSTRAINT attendance_corrections_attendance_id_fkey REFERENCES attendances (id),
    was_kind      TEXT        NOT NULL CONSTRAINT attendance_corrections_was_kind_check CHECK (was_kind IN ('present', 'no_show')),
    was_arrived   TIMESTAMPTZ,
    was_left      TIMESTAMPTZ,
    was_break     INTEGER     NOT NULL,
    kind          TEXT        NOT NULL CONSTRAINT attendance_corrections_kind_check CHECK (kind IN ('present', 'no_show')),
    arrived_at    TIMESTAMPTZ,
    left_at       TIMESTAMPTZ,
    break_minutes INTEGER     NOT NULL,
    reason        TEXT        NOT NULL CONSTRAINT attendance_corrections_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    corrected_by  UUID        NOT NULL CONSTRAINT attendance_corrections_corrected_by_fkey REFERENCES accounts (id),
    created_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX attendance_corrections_attendance_id_idx ON attendance_corrections (attendance_id, id);
CREATE INDEX attendance_corrections_corrected_by_idx ON attendance_corrections (corrected_by);

-- The ledger 时长台账: minutes of a day that a stay earned, and what was taken back of them. Only added to.
CREATE TABLE volunteer_hours (
    id            UUID        NOT NULL CONSTRAINT volunteer_hours_pkey PRIMARY KEY,
    resident_id   UUID        NOT NULL CONSTRAINT volunteer_hours_resident_id_fkey REFERENCES residents (id),
    attendance_id UUID        NOT NULL CONSTRAINT volunteer_hours_attendance_id_fkey REFERENCES attendances (id),
    call_id       UUID        NOT NULL CONSTRAINT volunteer_hours_call_id_fkey REFERENCES volunteer_calls (id),
    division      BIGINT      NOT NULL CONSTRAINT volunteer_hours_division_fkey REFERENCES divisions (code),
    worked_on     DATE        NOT NULL,
    kind          TEXT        NOT NULL CONSTRAINT volunteer_hours_kind_check CHECK (kind IN ('earned', 'reversed')),
    minutes       INTEGER     NOT NULL,
    reason        TEXT        NOT NULL CONSTRAINT volunteer_hours_reason_check CHECK (char_length(reason) <= 500),
    created_at    TIMESTAMPTZ NOT NULL,
    CONSTRAINT volunteer_hours_minutes_check CHECK (
        kind = 'earned' AND minutes BETWEEN 1 AND 1440 OR kind = 'reversed' AND minutes BETWEEN -1440 AND -1)
);
CREATE INDEX volunteer_hours_resident_id_idx ON volunteer_hours (resident_id, id);
CREATE INDEX volunteer_hours_attendance_id_idx ON volunteer_hours (attendance_id, worked_on);
CREATE INDEX volunteer_hours_call_id_idx ON volunteer_hours (call_id);
CREATE INDEX volunteer_hours_division_idx ON volunteer_hours (division, id);

-- A person whose two records become one takes the hours along; nothing else of a line ever changes.
CREATE FUNCTION volunteer_hours_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.resident_id := NEW.resident_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'volunteer_hours is append-only';
END $$;
CREATE TRIGGER volunteer_hours_append_only BEFORE UPDATE OR DELETE ON volunteer_hours
    FOR EACH ROW EXECUTE FUNCTION volunteer_hours_are_append_only();
CREATE TRIGGER volunteer_hours_keep_all BEFORE TRUNCATE ON volunteer_hours
    FOR EACH STATEMENT EXECUTE FUNCTION volunteer_hours_are_append_only();

-- What somebody disputes of what was recorded of them 时长异议: to the organiser first, then to the committee.
CREATE TABLE hour_disputes (
    id          UUID        NOT NULL CONSTRAINT hour_disputes_pkey PRIMARY KEY,
    signup_id   UUID        NOT NULL CONSTRAINT hour_disputes_signup_id_fkey REFERENCES shift_signups (id),
    division    BIGINT      NOT NULL CONSTRAINT hour_disputes_division_fkey REFERENCES divisions (code),
    stage       TEXT        NOT NULL CONSTRAINT hour_disputes_stage_check CHECK (stage IN ('organiser', 'committee')),
    account_id  UUID        NOT NULL CONSTRAINT hour_disputes_account_id_fkey REFERENCES accounts (id),
    reason      TEXT        NOT NULL CONSTRAINT hour_disputes_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    outcome     TEXT        CONSTRAINT hour_disputes_outcome_check CHECK (outcome IN ('corrected', 'upheld')),
    answer      TEXT        CONSTRAINT hour_disputes_answer_check CHECK (char_length(answer) BETWEEN 1 AND 500),
    answered_by UUID        CONSTRAINT hour_disputes_answered_by_fkey REFERENCES accounts (id),
    answered_at TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT hour_disputes_signup_id_stage_key UNIQUE (signup_id, stage),
    CONSTRAINT hour_disputes_answered_check CHECK (num_nonnulls(outcome, answer, answered_by, answered_at) IN (0, 4))
);
CREATE INDEX hour_disputes_division_idx ON hour_disputes (division, id);
CREATE INDEX hour_disputes_account_id_idx ON hour_disputes (account_id, id);
CREATE INDEX hour_disputes_answered_by_idx ON hour_disputes (answered_by);

-- Numbers that hours are counted and honoured by, by place and since when; a closer place goes before a wider one.
CREATE TABLE volunteer_rules (
    id             UUID        NOT NULL CONSTRAINT volunteer_rules_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT volunteer_rules_division_fkey REFERENCES divisions (code),
    rule           TEXT        NOT NULL CONSTRAINT volunteer_rules_rule_check CHECK (rule IN ('star', 'daily_cap')),
    stars          INTEGER     CONSTRAINT volunteer_rules_stars_check CHECK (stars BETWEEN 1 AND 5),
    minutes        INTEGER     NOT NULL CONSTRAINT volunteer_rules_minutes_check CHECK (minutes > 0),
    effective_from DATE        NOT NULL,
    legal_basis    TEXT        NOT NULL CONSTRAINT volunteer_rules_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 300),
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT volunteer_rules_kind_check CHECK ((rule = 'star') = (stars IS NOT NULL)),
    CONSTRAINT volunteer_rules_cap_check CHECK (rule <> 'daily_cap' OR minutes <= 1440)
);
CREATE INDEX volunteer_rules_division_idx ON volunteer_rules (division, rule, effective_from);
