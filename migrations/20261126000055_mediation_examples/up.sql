-- 典型案例 (E11): a case that was filed, told so that nobody is known by it. Written by whoever runs the case, read by somebody else before
-- everybody may read it. Which case it was is told to whoever may read the case.
CREATE TABLE mediation_examples (
    -- Random: it does not tell when it was made.
    id                UUID        NOT NULL CONSTRAINT mediation_examples_pkey PRIMARY KEY,
    case_id           UUID        NOT NULL CONSTRAINT mediation_examples_case_id_fkey REFERENCES mediation_cases (id),
    -- All that is told of where it was 区.
    district          BIGINT      NOT NULL CONSTRAINT mediation_examples_district_fkey REFERENCES divisions (code),
    dispute_type      TEXT        NOT NULL CONSTRAINT mediation_examples_dispute_type_check CHECK (dispute_type IN (
                          'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract', 'rent', 'other')),
    title             TEXT        NOT NULL CONSTRAINT mediation_examples_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    facts             TEXT        NOT NULL CONSTRAINT mediation_examples_facts_check CHECK (char_length(facts) BETWEEN 1 AND 4000),
    mediation         TEXT        NOT NULL
                      CONSTRAINT mediation_examples_mediation_check CHECK (char_length(mediation) BETWEEN 1 AND 4000),
    lesson            TEXT        NOT NULL CONSTRAINT mediation_examples_lesson_check CHECK (char_length(lesson) BETWEEN 1 AND 2000),
    state             TEXT        NOT NULL
                      CONSTRAINT mediation_examples_state_check CHECK (state IN ('draft', 'published', 'withdrawn')),
    written_by        UUID        NOT NULL CONSTRAINT mediation_examples_written_by_fkey REFERENCES accounts (id),
    -- Who changed it last.
    edited_by         UUID        NOT NULL CONSTRAINT mediation_examples_edited_by_fkey REFERENCES accounts (id),
    reviewed_by       UUID        CONSTRAINT mediation_examples_reviewed_by_fkey REFERENCES accounts (id),
    review_note       TEXT        NOT NULL
                      CONSTRAINT mediation_examples_review_note_check CHECK (char_length(review_note) <= 1000),
    published_at      TIMESTAMPTZ,
    withdrawn_by      UUID        CONSTRAINT mediation_examples_withdrawn_by_fkey REFERENCES accounts (id),
    withdrawn_at      TIMESTAMPTZ,
    withdrawal_reason TEXT        NOT NULL
                      CONSTRAINT mediation_examples_withdrawal_reason_check CHECK (char_length(withdrawal_reason) <= 500),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    -- Four eyes: whoever wrote it, or changed it last, does not publish it.
    CONSTRAINT mediation_examples_reviewed_check CHECK (
        state <> 'published' OR (published_at IS NOT NULL AND reviewed_by <> written_by AND reviewed_by <> edited_by)),
    CONSTRAINT mediation_examples_reviewer_check CHECK (published_at IS NULL OR reviewed_by IS NOT NULL),
    CONSTRAINT mediation_examples_withdrawn_check CHECK (
        num_nonnulls(withdrawn_by, withdrawn_at) = CASE WHEN state = 'withdrawn' THEN 2 ELSE 0 END)
);
CREATE INDEX mediation_examples_case_id_idx ON mediation_examples (case_id, created_at);
CREATE INDEX mediation_examples_district_idx ON mediation_examples (district);
CREATE INDEX mediation_examples_written_by_idx ON mediation_examples (written_by);
CREATE INDEX mediation_examples_edited_by_idx ON mediation_examples (edited_by);
CREATE INDEX mediation_examples_reviewed_by_idx ON mediation_examples (reviewed_by);
CREATE INDEX mediation_examples_withdrawn_by_idx ON mediation_examples (withdrawn_by);
CREATE INDEX mediation_examples_published_idx ON mediation_examples (published_at, id) WHERE state = 'published';
-- A case is told of once at a time.
CREATE UNIQUE INDEX mediation_examples_live_key ON mediation_examples (case_id) WHERE state <> 'withdrawn';
