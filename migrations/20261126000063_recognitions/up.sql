-- Recognitions: community stars 社区达人 and vital building groups 活力楼组, nominated, publicised, confirmed. By what rules, and by what
-- criteria a building group is assessed, are rows by place and day.

CREATE TABLE recognition_rules (
    id             UUID        NOT NULL CONSTRAINT recognition_rules_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT recognition_rules_division_fkey REFERENCES divisions (code),
    kind           TEXT        NOT NULL CONSTRAINT recognition_rules_kind_check CHECK (kind IN ('community_star', 'vital_group')),
    rule           TEXT        NOT NULL CONSTRAINT recognition_rules_rule_check
                   CHECK (rule IN ('publicity_days', 'passing_points', 'criterion')),
    -- Of a criterion: its code, and what it is called. Its amount is the most points it gives.
    criterion      TEXT        CONSTRAINT recognition_rules_criterion_check CHECK (criterion ~ '^[a-z][a-z0-9_]{0,39}$'),
    name           TEXT        CONSTRAINT recognition_rules_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    amount         INTEGER     NOT NULL CONSTRAINT recognition_rules_amount_check CHECK (amount BETWEEN 1 AND 1000),
    effective_from DATE        NOT NULL,
    legal_basis    TEXT        NOT NULL CONSTRAINT recognition_rules_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 300),
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT recognition_rules_named_check
        CHECK ((rule = 'criterion') = (criterion IS NOT NULL) AND (criterion IS NULL) = (name IS NULL)),
    CONSTRAINT recognition_rules_rule_key UNIQUE NULLS NOT DISTINCT (division, kind, rule, criterion, effective_from)
);

CREATE TABLE recognitions (
    id                UUID        NOT NULL CONSTRAINT recognitions_pkey PRIMARY KEY,
    division          BIGINT      NOT NULL CONSTRAINT recognitions_division_fkey REFERENCES divisions (code),
    kind              TEXT        NOT NULL CONSTRAINT recognitions_kind_check CHECK (kind IN ('community_star', 'vital_group')),
    resident_id       UUID        CONSTRAINT recognitions_resident_id_fkey REFERENCES residents (id),
    building_group_id UUID        CONSTRAINT recognitions_building_group_id_fkey REFERENCES building_groups (id),
    title             TEXT        NOT NULL CONSTRAINT recognitions_title_check CHECK (char_length(title) BETWEEN 1 AND 60),
    story             TEXT        NOT NULL CONSTRAINT recognitions_story_check CHECK (char_length(story) BETWEEN 1 AND 2000),
    skills            TEXT[]      NOT NULL,
    state             TEXT        NOT NULL CONSTRAINT recognitions_state_check CHECK (state IN
                      ('nominated', 'agreed', 'publicised', 'confirmed', 'refused', 'declined', 'withdrawn')),
    nominated_by      UUID        NOT NULL CONSTRAINT recognitions_nominated_by_fkey REFERENCES accounts (id),
    -- What the nominee lets be shown, and whether workers may find them by what they can do.
    shows             TEXT[]      NOT NULL CONSTRAINT recognitions_shows_check CHECK (shows <@ ARRAY['name', 'story', 'skills']),
    is_findable       BOOLEAN     NOT NULL,
    agreed_by         UUID        CONSTRAINT recognitions_agreed_by_fkey REFERENCES accounts (id),
    agreed_at         TIMESTAMPTZ,
    publicised_at     TIMESTAMPTZ,
    publicised_until  TIMESTAMPTZ,
    granted_by        UUID        CONSTRAINT recognitions_granted_by_fkey REFERENCES organisations (id),
    -- The title as it stands beside the building group.
    title_id          UUID        CONSTRAINT recognitions_title_id_fkey REFERENCES building_group_titles (id),
    decided_by        UUID        CONSTRAINT recognitions_decided_by_fkey REFERENCES accounts (id),
    decided_at        TIMESTAMPTZ,
    reason            TEXT        NOT NULL CONSTRAINT recognitions_reason_check CHECK (char_length(reason) <= 500),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT recognitions_nominee_check CHECK (
        (kind = 'community_star' AND resident_id IS NOT NULL AND building_group_id IS NULL)
        OR (kind = 'vital_group' AND building_group_id IS NOT NULL AND resident_id IS NULL)),
    -- Nobody is shown before they agreed, and nobody is honoured who was not shown.
    CONSTRAINT recognitions_agreed_check CHECK (state NOT IN ('agreed', 'publicised', 'confirmed') OR agreed_at IS NOT NULL),
    CONSTRAINT recognitions_publicised_check CHECK (
        (publicised_at IS NULL) = (publicised_until IS NULL) AND (state NOT IN ('publicised', 'confirmed') OR publicised_at IS NOT NULL)),
    CONSTRAINT recognitions_granted_check CHECK (state <> 'confirmed' OR (granted_by IS NOT NULL AND decided_by <> nominated_by)),
    CONSTRAINT recognitions_reasoned_check CHECK (state NOT IN ('refused', 'withdrawn') OR reason <> '')
);
CREATE UNIQUE INDEX recognitions_person_key ON recognitions (resident_id, title) WHERE state IN ('nominated', 'agreed', 'publicised', 'confirmed');
CREATE UNIQUE INDEX recognitions_group_key ON recognitions (building_group_id, title) WHERE state IN ('nominated', 'agreed', 'publicised', 'confirmed');
CREATE INDEX recognitions_division_idx ON recognitions (division, id);
CREATE INDEX recognitions_skills_idx ON recognitions USING gin (skills) WHERE state = 'confirmed';
CREATE INDEX recognitions_resident_id_idx ON recognitions (resident_id);
CREATE INDEX recognitions_building_group_id_idx ON recognitions (building_group_id);
CREATE INDEX recognitions_nominated_by_idx ON recognitions (nominated_by);
CREATE INDEX recognitions_agreed_by_idx ON recognitions (agreed_by);
CREATE INDEX recognitions_granted_by_idx ON recognitions (granted_by);
CREATE INDEX recognitions_title_id_idx ON recognitions (title_id);
CREATE INDEX recognitions_decided_by_idx ON recognitions (decided_by);

-- What a nominee was given for each criterion, with the most that it gave that day.
CREATE TABLE recognition_points (
    recognition_id UUID    NOT NULL CONSTRAINT recognition_points_recognition_id_fkey REFERENCES recognitions (id),
    criterion      TEXT    NOT NULL CONSTRAINT recognition_points_criterion_check CHECK (criterion ~ '^[a-z][a-z0-9_]{0,39}$'),
    name           TEXT    NOT NULL CONSTRAINT recognition_points_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    points         INTEGER NOT NULL,
    most           INTEGER NOT NULL,
    CONSTRAINT recognition_points_pkey PRIMARY KEY (recognition_id, criterion),
    CONSTRAINT recognition_points_points_check CHECK (points BETWEEN 0 AND most)
);

CREATE TABLE recognition_objections (
    id             UUID        NOT NULL CONSTRAINT recognition_objections_pkey PRIMARY KEY,
    recognition_id UUID        NOT NULL CONSTRAINT recognition_objections_recognition_id_fkey REFERENCES recognitions (id),
    account_id     UUID        NOT NULL CONSTRAINT recognition_objections_account_id_fkey REFERENCES accounts (id),
    text           TEXT        NOT NULL CONSTRAINT recognition_objections_text_check CHECK (char_length(text) BETWEEN 1 AND 1000),
    outcome        TEXT        CONSTRAINT recognition_objections_outcome_check CHECK (outcome IN ('upheld', 'dismissed')),
    answer         TEXT        CONSTRAINT recognition_objections_answer_check CHECK (char_length(answer) BETWEEN 1 AND 1000),
    answered_by    UUID        CONSTRAINT recognition_objections_answered_by_fkey REFERENCES accounts (id),
    answered_at    TIMESTAMPTZ,
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT recognition_objections_answered_check
        CHECK (num_nonnulls(outcome, answer, answered_by, answered_at) IN (0, 4) AND (answered_by IS NULL OR answered_by <> account_id)),
    CONSTRAINT recognition_objections_account_id_key UNIQUE (recognition_id, account_id)
);
CREATE INDEX recognition_objections_recognition_id_idx ON recognition_objections (recognition_id, id);
CREATE INDEX recognition_objections_account_id_idx ON recognition_objections (account_id);
CREATE INDEX recognition_objections_answered_by_idx ON recognition_objections (answered_by);

-- A title that was taken back is told no more; that it was granted stays.
ALTER TABLE building_group_titles ADD COLUMN withdrawn_on DATE;
