-- Visits 走访 and receptions 接待, what was found at them, and the plans of whom to visit how often.

CREATE TABLE visits (
    id           UUID        NOT NULL CONSTRAINT visits_pkey PRIMARY KEY,
    division     BIGINT      NOT NULL CONSTRAINT visits_division_fkey REFERENCES divisions (code),
    kind         TEXT        NOT NULL CONSTRAINT visits_kind_check CHECK (kind IN ('visit', 'reception')),
    resident_id  UUID        CONSTRAINT visits_resident_id_fkey REFERENCES residents (id),
    home_id      UUID        CONSTRAINT visits_home_id_fkey REFERENCES dwellings (id),
    topic        TEXT        CONSTRAINT visits_topic_check CHECK (char_length(topic) BETWEEN 1 AND 100),
    visited_at   TIMESTAMPTZ NOT NULL,
    author_id    UUID        NOT NULL CONSTRAINT visits_author_id_fkey REFERENCES accounts (id),
    summary      TEXT        NOT NULL CONSTRAINT visits_summary_check CHECK (char_length(summary) <= 4000),
    staff_note   TEXT        NOT NULL CONSTRAINT visits_staff_note_check CHECK (char_length(staff_note) <= 2000),
    follow_up_on DATE,
    follows_id   UUID        CONSTRAINT visits_follows_id_fkey REFERENCES visits (id),
    version      BIGINT      NOT NULL DEFAULT 1,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    -- Who comes to the office need not be in the archive; whom one calls on is.
    CONSTRAINT visits_subject_check CHECK (
        resident_id IS NOT NULL OR home_id IS NOT NULL OR (kind = 'reception' AND topic IS NOT NULL)),
    -- One visit is followed up by one.
    CONSTRAINT visits_follows_id_key UNIQUE (follows_id)
);
-- Lists go backwards: the newest first.
CREATE INDEX visits_division_visited_at_id_idx ON visits (division, visited_at, id);
CREATE INDEX visits_division_follow_up_on_idx ON visits (division, follow_up_on) WHERE follow_up_on IS NOT NULL;
-- When somebody, or a home, was last called on.
CREATE INDEX visits_resident_id_kind_visited_at_idx ON visits (resident_id, kind, visited_at);
CREATE INDEX visits_home_id_kind_visited_at_idx ON visits (home_id, kind, visited_at);
CREATE INDEX visits_author_id_visited_at_id_idx ON visits (author_id, visited_at, id);

-- Who went along.
CREATE TABLE visit_companions (
    visit_id   UUID NOT NULL CONSTRAINT visit_companions_visit_id_fkey REFERENCES visits (id),
    account_id UUID NOT NULL CONSTRAINT visit_companions_account_id_fkey REFERENCES accounts (id),
    CONSTRAINT visit_companions_pkey PRIMARY KEY (visit_id, account_id)
);
CREATE INDEX visit_companions_account_id_idx ON visit_companions (account_id);

-- What was found 民情. Each is a thing of its own, so that a matter can be made of it.
CREATE TABLE visit_findings (
    id           UUID        NOT NULL CONSTRAINT visit_findings_pkey PRIMARY KEY,
    visit_id     UUID        NOT NULL CONSTRAINT visit_findings_visit_id_fkey REFERENCES visits (id),
    division     BIGINT      NOT NULL CONSTRAINT visit_findings_division_fkey REFERENCES divisions (code),
    category     TEXT        NOT NULL CONSTRAINT visit_findings_category_check CHECK (category IN (
                     'safety_hazard', 'hardship', 'dispute', 'property_service', 'facility', 'environment', 'health',
                     'suggestion', 'other')),
    text         TEXT        NOT NULL CONSTRAINT visit_findings_text_check CHECK (char_length(text) BETWEEN 1 AND 500),
    state        TEXT        NOT NULL CONSTRAINT visit_findings_state_check CHECK (state IN ('open', 'closed')),
    closed_at    TIMESTAMPTZ,
    closed_by    UUID        CONSTRAINT visit_findings_closed_by_fkey REFERENCES accounts (id),
    closing_note TEXT        CONSTRAINT visit_findings_closing_note_check CHECK (char_length(closing_note) BETWEEN 1 AND 500),
    created_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT visit_findings_closed_check CHECK (
        (state = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)
        AND (closed_at IS NULL) = (closing_note IS NULL))
);
CREATE INDEX visit_findings_visit_id_idx ON visit_findings (visit_id, id);
CREATE INDEX visit_findings_division_id_idx ON visit_findings (division, id);
CREATE INDEX visit_findings_open_idx ON visit_findings (division, id) WHERE state = 'open';
CREATE INDEX visit_findings_closed_by_idx ON visit_findings (closed_by);

-- Who should be visited how often 日常走访制. The target is one word and, where the word needs one, a value.
CREATE TABLE visit_plans (
    id                       UUID        NOT NULL CONSTRAINT visit_plans_pkey PRIMARY KEY,
    division                 BIGINT      NOT NULL CONSTRAINT visit_plans_division_fkey REFERENCES divisions (code),
    name                     TEXT        NOT NULL
                             CONSTRAINT visit_plans_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    unit                     TEXT        NOT NULL CONSTRAINT visit_plans_unit_check CHECK (unit IN ('resident', 'home')),
    target                   TEXT        NOT NULL CONSTRAINT visit_plans_target_check
                             CHECK (target IN ('all_residents', 'age_from', 'residence', 'building_group')),
    target_age               INTEGER     CONSTRAINT visit_plans_target_age_check CHECK (target_age BETWEEN 0 AND 150),
    target_residence         TEXT,
    target_building_group_id UUID        CONSTRAINT visit_plans_target_building_group_id_fkey REFERENCES building_groups (id),
    every_days               INTEGER     NOT NULL
                             CONSTRAINT visit_plans_every_days_check CHECK (every_days BETWEEN 1 AND 730),
    starts_on                DATE        NOT NULL,
    ends_on                  DATE,
    responsible_id           UUID        CONSTRAINT visit_plans_responsible_id_fkey REFERENCES accounts (id),
    responsible_role         TEXT        CONSTRAINT visit_plans_responsible_role_check
                             CHECK (responsible_role IN ('group_leader', 'committee_worker', 'committee_head')),
    version                  BIGINT      NOT NULL DEFAULT 1,
    created_at               TIMESTAMPTZ NOT NULL,
    updated_at               TIMESTAMPTZ NOT NULL,
    CONSTRAINT visit_plans_division_name_key UNIQUE (division, name),
    CONSTRAINT visit_plans_target_value_check CHECK (
        (target = 'age_from') = (target_age IS NOT NULL) AND (target = 'residence') = (target_residence IS NOT NULL)
        AND (target = 'building_group') = (target_building_group_id IS NOT NULL)),
    CONSTRAINT visit_plans_term_check CHECK (starts_on <= ends_on),
    CONSTRAINT visit_plans_responsible_check CHECK (num_nonnulls(responsible_id, responsible_role) = 1)
);
CREATE INDEX visit_plans_division_id_idx ON visit_plans (division, id);
CREATE INDEX visit_plans_target_building_group_id_idx ON visit_plans (target_building_group_id);
CREATE INDEX visit_plans_responsible_id_idx ON visit_plans (responsible_id);
