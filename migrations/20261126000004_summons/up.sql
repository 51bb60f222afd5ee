-- 约请 (B8): a street calls an organisation to a meeting or about a matter, and the record of who came and answered.

CREATE TABLE summons (
    id              UUID        NOT NULL CONSTRAINT summons_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT summons_division_fkey REFERENCES divisions (code),
    organisation_id UUID        NOT NULL CONSTRAINT summons_organisation_id_fkey REFERENCES organisations (id),
    matter_id       UUID        CONSTRAINT summons_matter_id_fkey REFERENCES matters (id),
    subject         TEXT        NOT NULL CONSTRAINT summons_subject_check CHECK (char_length(subject) BETWEEN 1 AND 100),
    question        TEXT        NOT NULL CONSTRAINT summons_question_check CHECK (char_length(question) <= 2000),
    meets_at        TIMESTAMPTZ,
    place           TEXT        NOT NULL CONSTRAINT summons_place_check CHECK (char_length(place) <= 200),
    reply_on        DATE        NOT NULL,
    state           TEXT        NOT NULL
                    CONSTRAINT summons_state_check CHECK (state IN ('pending', 'accepted', 'declined', 'withdrawn')),
    reason          TEXT        CONSTRAINT summons_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    replied_by      UUID        CONSTRAINT summons_replied_by_fkey REFERENCES accounts (id),
    replied_at      TIMESTAMPTZ,
    attendance      TEXT        CONSTRAINT summons_attendance_check CHECK (attendance IN ('attended', 'represented', 'absent')),
    answer          TEXT        CONSTRAINT summons_answer_check CHECK (char_length(answer) BETWEEN 1 AND 4000),
    answered_by     UUID        CONSTRAINT summons_answered_by_fkey REFERENCES accounts (id),
    answered_at     TIMESTAMPTZ,
    created_by      UUID        NOT NULL CONSTRAINT summons_created_by_fkey REFERENCES accounts (id),
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT summons_reason_given_check CHECK ((state = 'declined') = (reason IS NOT NULL)),
    CONSTRAINT summons_answered_check CHECK (num_nonnulls(answer, answered_by, answered_at) IN (0, 3))
);
CREATE INDEX summons_division_id_idx ON summons (division, id);
CREATE INDEX summons_organisation_id_idx ON summons (organisation_id, id);
CREATE INDEX summons_matter_id_idx ON summons (matter_id);
CREATE INDEX summons_replied_by_idx ON summons (replied_by);
CREATE INDEX summons_answered_by_idx ON summons (answered_by);
CREATE INDEX summons_created_by_idx ON summons (created_by);

-- What waits on whom 待办 (J4): a person, an organisation, or a level of the line in a division. Written by the act that makes
-- somebody wait, and taken away by the one that ends it.
CREATE TABLE inbox_items (
    id              UUID        NOT NULL CONSTRAINT inbox_items_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT inbox_items_division_fkey REFERENCES divisions (code),
    task            TEXT        NOT NULL CONSTRAINT inbox_items_task_check CHECK (char_length(task) BETWEEN 1 AND 40),
    title           TEXT        NOT NULL CONSTRAINT inbox_items_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    matter_id       UUID        CONSTRAINT inbox_items_matter_id_fkey REFERENCES matters (id),
    dispatch_id     UUID        CONSTRAINT inbox_items_dispatch_id_fkey REFERENCES dispatches (id),
    extension_id    UUID        CONSTRAINT inbox_items_extension_id_fkey REFERENCES matter_extensions (id),
    summons_id      UUID        CONSTRAINT inbox_items_summons_id_fkey REFERENCES summons (id),
    account_id      UUID        CONSTRAINT inbox_items_account_id_fkey REFERENCES accounts (id),
    organisation_id UUID        CONSTRAINT inbox_items_organisation_id_fkey REFERENCES organisations (id),
    level           TEXT        CONSTRAINT inbox_items_level_check
                    CHECK (level IN ('committee', 'street', 'district', 'city')),
    -- Something without an end comes last.
    due_at          TIMESTAMPTZ NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT inbox_items_subject_check CHECK (num_nonnulls(matter_id, summons_id) = 1),
    CONSTRAINT inbox_items_whose_check CHECK (num_nonnulls(account_id, organisation_id, level) = 1)
);
CREATE INDEX inbox_items_division_idx ON inbox_items (division, level, due_at, id);
CREATE INDEX inbox_items_matter_id_idx ON inbox_items (matter_id);
CREATE INDEX inbox_items_dispatch_id_idx ON inbox_items (dispatch_id);
CREATE INDEX inbox_items_extension_id_idx ON inbox_items (extension_id);
CREATE INDEX inbox_items_summons_id_idx ON inbox_items (summons_id);
CREATE INDEX inbox_items_account_id_idx ON inbox_items (account_id, due_at, id);
CREATE INDEX inbox_items_organisation_id_idx ON inbox_items (organisation_id, due_at, id);
