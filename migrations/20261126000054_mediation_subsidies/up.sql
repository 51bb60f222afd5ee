-- What mediators and lawyers are paid for a case 以案定补 (F8; 人民调解法 6, 16): by rows of data, written once when a case is filed, never changed.

-- How much, by who sat, how hard it was and how it ended; the closest place holds, then the later day.
CREATE TABLE mediation_subsidy_rules (
    id             UUID        NOT NULL CONSTRAINT mediation_subsidy_rules_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT mediation_subsidy_rules_division_fkey REFERENCES divisions (code),
    role           TEXT        NOT NULL CONSTRAINT mediation_subsidy_rules_role_check CHECK (role IN ('mediator', 'lawyer')),
    grade          TEXT        NOT NULL
                   CONSTRAINT mediation_subsidy_rules_grade_check CHECK (grade IN ('general', 'difficult', 'major')),
    outcome        TEXT        NOT NULL
                   CONSTRAINT mediation_subsidy_rules_outcome_check CHECK (outcome IN ('performed', 'breached', 'failed')),
    -- Nothing where it is 0.
    amount_fen     BIGINT      NOT NULL
                   CONSTRAINT mediation_subsidy_rules_amount_fen_check CHECK (amount_fen BETWEEN 0 AND 100000000),
    effective_from DATE        NOT NULL,
    legal_basis    TEXT        NOT NULL
                   CONSTRAINT mediation_subsidy_rules_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_subsidy_rules_said_key UNIQUE (division, role, grade, outcome, effective_from)
);

CREATE TABLE mediation_subsidies (
    id          UUID        NOT NULL CONSTRAINT mediation_subsidies_pkey PRIMARY KEY,
    division    BIGINT      NOT NULL CONSTRAINT mediation_subsidies_division_fkey REFERENCES divisions (code),
    case_id     UUID        NOT NULL CONSTRAINT mediation_subsidies_case_id_fkey REFERENCES mediation_cases (id),
    seat_id     UUID        NOT NULL CONSTRAINT mediation_subsidies_seat_id_fkey REFERENCES mediation_seats (id),
    account_id  UUID        NOT NULL CONSTRAINT mediation_subsidies_account_id_fkey REFERENCES accounts (id),
    rule_id     UUID        NOT NULL CONSTRAINT mediation_subsidies_rule_id_fkey REFERENCES mediation_subsidy_rules (id),
    role        TEXT        NOT NULL CONSTRAINT mediation_subsidies_role_check CHECK (role IN ('mediator', 'lawyer')),
    grade       TEXT        NOT NULL
                CONSTRAINT mediation_subsidies_grade_check CHECK (grade IN ('general', 'difficult', 'major')),
    outcome     TEXT        NOT NULL
                CONSTRAINT mediation_subsidies_outcome_check CHECK (outcome IN ('performed', 'breached', 'failed')),
    -- What a reversal takes back is less than nothing.
    amount_fen  BIGINT      NOT NULL
                CONSTRAINT mediation_subsidies_amount_fen_check CHECK (amount_fen BETWEEN -100000000 AND 100000000),
    legal_basis TEXT        NOT NULL
                CONSTRAINT mediation_subsidies_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    earned_on   DATE        NOT NULL,
    reverses_id UUID        CONSTRAINT mediation_subsidies_reverses_id_fkey REFERENCES mediation_subsidies (id),
    reason      TEXT        CONSTRAINT mediation_subsidies_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    created_by  UUID        NOT NULL CONSTRAINT mediation_subsidies_created_by_fkey REFERENCES accounts (id),
    created_at  TIMESTAMPTZ NOT NULL,
    -- A line is reversed once.
    CONSTRAINT mediation_subsidies_reverses_id_key UNIQUE (reverses_id),
    CONSTRAINT mediation_subsidies_reversal_check CHECK (
        CASE WHEN reverses_id IS NULL THEN reason IS NULL AND amount_fen > 0 ELSE reason IS NOT NULL AND amount_fen < 0 END)
);
CREATE INDEX mediation_subsidies_division_idx ON mediation_subsidies (division, id);
CREATE INDEX mediation_subsidies_account_id_idx ON mediation_subsidies (account_id, id);
CREATE INDEX mediation_subsidies_case_id_idx ON mediation_subsidies (case_id);
CREATE INDEX mediation_subsidies_seat_id_idx ON mediation_subsidies (seat_id);
CREATE INDEX mediation_subsidies_rule_id_idx ON mediation_subsidies (rule_id);
CREATE INDEX mediation_subsidies_created_by_idx ON mediation_subsidies (created_by);
-- A case is paid for once to a person, whoever writes it, however often.
CREATE UNIQUE INDEX mediation_subsidies_case_id_account_id_key ON mediation_subsidies (case_id, account_id)
    WHERE reverses_id IS NULL;

-- A reversal takes back exactly what its line gave, and is not itself reversed.
CREATE FUNCTION mediation_subsidy_reversals_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM mediation_subsidies given
        WHERE given.id = NEW.reverses_id AND given.reverses_id IS NULL AND given.amount_fen = -NEW.amount_fen
          AND given.case_id = NEW.case_id AND given.account_id = NEW.account_id AND given.division = NEW.division
    ) THEN
        RAISE EXCEPTION 'a reversal is of one line, and of all of it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mediation_subsidies_fit BEFORE INSERT ON mediation_subsidies
    FOR EACH ROW EXECUTE FUNCTION mediation_subsidy_reversals_fit();

CREATE FUNCTION mediation_subsidies_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'mediation_subsidies is append-only';
END $$;
CREATE TRIGGER mediation_subsidies_append_only BEFORE UPDATE OR DELETE ON mediation_subsidies
    FOR EACH ROW EXECUTE FUNCTION mediation_subsidies_are_append_only();
CREATE TRIGGER mediation_subsidies_keep_all BEFORE TRUNCATE ON mediation_subsidies
    FOR EACH STATEMENT EXECUTE FUNCTION mediation_subsidies_are_append_only();
