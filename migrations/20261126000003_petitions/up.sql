-- Petitions 诉求 (E1): what a resident asks, complains of, suggests or reports, and what neighbours ask together 联名.

CREATE TABLE petitions (
    id                UUID        NOT NULL CONSTRAINT petitions_pkey PRIMARY KEY
                      CONSTRAINT petitions_id_fkey REFERENCES matters (id),
    kind              TEXT        NOT NULL CONSTRAINT petitions_kind_check CHECK (kind IN (
                          'request', 'complaint', 'consultation', 'suggestion', 'report', 'joint_petition')),
    channel           TEXT        NOT NULL CONSTRAINT petitions_channel_check CHECK (channel IN (
                          'app', 'counter', 'visit', 'message', 'hotline', 'open311')),
    external_id       TEXT        CONSTRAINT petitions_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 64),
    petitioner_id     UUID        CONSTRAINT petitions_petitioner_id_fkey REFERENCES residents (id),
    -- Whose it is in the app.
    account_id        UUID        CONSTRAINT petitions_account_id_fkey REFERENCES accounts (id),
    -- Who entered it for somebody else, and how that somebody agreed.
    filed_by          UUID        CONSTRAINT petitions_filed_by_fkey REFERENCES accounts (id),
    consent_by        TEXT        CONSTRAINT petitions_consent_by_check CHECK (consent_by IN ('in_person', 'phone', 'paper')),
    confirmed_at      TIMESTAMPTZ,
    contact_name      TEXT        CONSTRAINT petitions_contact_name_check CHECK (char_length(contact_name) BETWEEN 1 AND 40),
    contact_sealed    BYTEA,
    visit_finding_id  UUID        CONSTRAINT petitions_visit_finding_id_fkey REFERENCES visit_findings (id),
    -- As it was written; what neighbours read may have been moderated.
    text              TEXT        NOT NULL CONSTRAINT petitions_text_check CHECK (char_length(text) BETWEEN 1 AND 4000),
    text_hash         BYTEA       NOT NULL,
    shown_title       TEXT        CONSTRAINT petitions_shown_title_check CHECK (char_length(shown_title) BETWEEN 1 AND 100),
    shown_text        TEXT        CONSTRAINT petitions_shown_text_check CHECK (char_length(shown_text) BETWEEN 1 AND 4000),
    is_hidden         BOOLEAN     NOT NULL,
    place             TEXT        NOT NULL CONSTRAINT petitions_place_check CHECK (char_length(place) <= 200),
    dwelling_id       UUID        CONSTRAINT petitions_dwelling_id_fkey REFERENCES dwellings (id),
    building_group_id UUID        CONSTRAINT petitions_building_group_id_fkey REFERENCES building_groups (id),
    longitude         DOUBLE PRECISION,
    latitude          DOUBLE PRECISION,
    visibility        TEXT        NOT NULL CONSTRAINT petitions_visibility_check
                      CHECK (visibility IN ('private', 'building_group', 'community', 'public')),
    -- Of a report 检举: whom it is about, who never learns of it.
    accused_id        UUID        CONSTRAINT petitions_accused_id_fkey REFERENCES organisations (id),
    -- Of a joint petition 联名: until when neighbours may sign, and what came of its three independent sides.
    closes_at         TIMESTAMPTZ,
    answer_state      TEXT        NOT NULL CONSTRAINT petitions_answer_state_check CHECK (answer_state IN ('none', 'due', 'given')),
    deliberation      TEXT        NOT NULL CONSTRAINT petitions_deliberation_check
                      CHECK (deliberation IN ('none', 'planned', 'held', 'refused')),
    -- Of a suggestion 人民建议: what came of it, and who may read that (S3).
    adoption          TEXT        CONSTRAINT petitions_adoption_check CHECK (adoption IN ('adopted', 'partly', 'not_adopted')),
    publicity         TEXT        CONSTRAINT petitions_publicity_check CHECK (publicity IN ('open', 'on_request', 'closed')),
    merged_into       UUID        CONSTRAINT petitions_merged_into_fkey REFERENCES petitions (id),
    -- What is published of a closed one, without names.
    published_at      TIMESTAMPTZ,
    created_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT petitions_channel_external_id_key UNIQUE (channel, external_id),
    CONSTRAINT petitions_location_check CHECK ((longitude IS NULL) = (latitude IS NULL)),
    CONSTRAINT petitions_consent_check CHECK ((filed_by IS NULL) = (consent_by IS NULL)),
    CONSTRAINT petitions_closes_at_check CHECK ((kind = 'joint_petition') = (closes_at IS NOT NULL)),
    CONSTRAINT petitions_merged_into_check CHECK (merged_into <> id)
);
CREATE INDEX petitions_account_id_idx ON petitions (account_id, id);
CREATE INDEX petitions_petitioner_id_idx ON petitions (petitioner_id, id);
CREATE INDEX petitions_filed_by_idx ON petitions (filed_by);
CREATE INDEX petitions_visit_finding_id_idx ON petitions (visit_finding_id);
CREATE INDEX petitions_dwelling_id_idx ON petitions (dwelling_id);
CREATE INDEX petitions_building_group_id_idx ON petitions (building_group_id, id);
CREATE INDEX petitions_accused_id_idx ON petitions (accused_id);
CREATE INDEX petitions_merged_into_idx ON petitions (merged_into);
-- What neighbours may read, and reports, are few among many.
CREATE INDEX petitions_shown_idx ON petitions (id) WHERE visibility <> 'private';
CREATE INDEX petitions_report_idx ON petitions (id) WHERE kind = 'report';
CREATE INDEX petitions_public_idx ON petitions (id) WHERE visibility = 'public' OR published_at IS NOT NULL;

-- What was answered to the questions of the category.
CREATE TABLE petition_facts (
    petition_id UUID NOT NULL CONSTRAINT petition_facts_petition_id_fkey REFERENCES petitions (id),
    code        TEXT NOT NULL,
    value       TEXT NOT NULL CONSTRAINT petition_facts_value_check CHECK (char_length(value) BETWEEN 1 AND 500),
    CONSTRAINT petition_facts_pkey PRIMARY KEY (petition_id, code)
);

-- What the petitioner was answered 答复: never changed, only added to.
CREATE TABLE petition_answers (
    id              UUID        NOT NULL CONSTRAINT petition_answers_pkey PRIMARY KEY,
    petition_id     UUID        NOT NULL CONSTRAINT petition_answers_petition_id_fkey REFERENCES petitions (id),
    outcome         TEXT        NOT NULL CONSTRAINT petition_answers_outcome_check
                    CHECK (outcome IN ('supported', 'explained', 'not_supported')),
    text            TEXT        NOT NULL CONSTRAINT petition_answers_text_check CHECK (char_length(text) BETWEEN 1 AND 4000),
    -- What a refusal stands on (信访工作条例 32).
    law             TEXT        NOT NULL CONSTRAINT petition_answers_law_check CHECK (char_length(law) <= 500),
    account_id      UUID        NOT NULL CONSTRAINT petition_answers_account_id_fkey REFERENCES accounts (id),
    organisation_id UUID        CONSTRAINT petition_answers_organisation_id_fkey REFERENCES organisations (id),
    created_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT petition_answers_law_given_check CHECK (outcome <> 'not_supported' OR law <> '')
);
CREATE INDEX petition_answers_petition_id_idx ON petition_answers (petition_id, id);
CREATE INDEX petition_answers_account_id_idx ON petition_answers (account_id);
CREATE INDEX petition_answers_organisation_id_idx ON petition_answers (organisation_id);

-- What the petitioner thinks of it 评价, each time it was resolved.
CREATE TABLE petition_ratings (
    id              UUID        NOT NULL CONSTRAINT petition_ratings_pkey PRIMARY KEY,
    petition_id     UUID        NOT NULL CONSTRAINT petition_ratings_petition_id_fkey REFERENCES petitions (id),
    division        BIGINT      NOT NULL CONSTRAINT petition_ratings_division_fkey REFERENCES divisions (code),
    organisation_id UUID        CONSTRAINT petition_ratings_organisation_id_fkey REFERENCES organisations (id),
    satisfaction    TEXT        NOT NULL CONSTRAINT petition_ratings_satisfaction_check
                    CHECK (satisfaction IN ('satisfied', 'mostly_satisfied', 'dissatisfied')),
    is_on_time      BOOLEAN     NOT NULL,
    is_solved       BOOLEAN     NOT NULL,
    comment         TEXT        NOT NULL CONSTRAINT petition_ratings_comment_check CHECK (char_length(comment) <= 500),
    created_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX petition_ratings_petition_id_idx ON petition_ratings (petition_id, id);
CREATE INDEX petition_ratings_division_created_at_idx ON petition_ratings (division, created_at);
CREATE INDEX petition_ratings_organisation_id_idx ON petition_ratings (organisation_id, created_at);

-- 复查 and 复核 (信访工作条例 35, 36).
CREATE TABLE petition_reviews (
    id          UUID        NOT NULL CONSTRAINT petition_reviews_pkey PRIMARY KEY,
    petition_id UUID        NOT NULL CONSTRAINT petition_reviews_petition_id_fkey REFERENCES petitions (id),
    stage       TEXT        NOT NULL CONSTRAINT petition_reviews_stage_check CHECK (stage IN ('review', 'final_review')),
    reason      TEXT        NOT NULL CONSTRAINT petition_reviews_reason_check CHECK (char_length(reason) BETWEEN 1 AND 2000),
    conclusion  TEXT        CONSTRAINT petition_reviews_conclusion_check CHECK (conclusion IN ('upheld', 'changed')),
    answer      TEXT        CONSTRAINT petition_reviews_answer_check CHECK (char_length(answer) BETWEEN 1 AND 4000),
    answered_by UUID        CONSTRAINT petition_reviews_answered_by_fkey REFERENCES accounts (id),
    created_at  TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    CONSTRAINT petition_reviews_petition_id_stage_key UNIQUE (petition_id, stage),
    CONSTRAINT petition_reviews_answered_check CHECK (num_nonnulls(conclusion, answer, answered_by, answered_at) IN (0, 4))
);
CREATE INDEX petition_reviews_answered_by_idx ON petition_reviews (answered_by);

-- Who signed a joint petition. One person signs once, whatever record they are kept under.
CREATE TABLE petition_signatures (
    id                UUID        NOT NULL CONSTRAINT petition_signatures_pkey PRIMARY KEY,
    petition_id       UUID        NOT NULL CONSTRAINT petition_signatures_petition_id_fkey REFERENCES petitions (id),
    resident_id       UUID        NOT NULL CONSTRAINT petition_signatures_resident_id_fkey REFERENCES residents (id),
    account_id        UUID        NOT NULL CONSTRAINT petition_signatures_account_id_fkey REFERENCES accounts (id),
    building_group_id UUID        CONSTRAINT petition_signatures_building_group_id_fkey REFERENCES building_groups (id),
    created_at        TIMESTAMPTZ NOT NULL,
    strike_out_id     UUID,
    CONSTRAINT petition_signatures_petition_id_account_id_key UNIQUE (petition_id, account_id),
    CONSTRAINT petition_signatures_petition_id_resident_id_key UNIQUE (petition_id, resident_id)
);
CREATE INDEX petition_signatures_petition_id_idx ON petition_signatures (petition_id, id);
CREATE INDEX petition_signatures_resident_id_idx ON petition_signatures (resident_id);
CREATE INDEX petition_signatures_account_id_idx ON petition_signatures (account_id);
CREATE INDEX petition_signatures_building_group_id_idx ON petition_signatures (building_group_id);

-- Striking out many 批量剔除: a saved condition, how many it met when it was tried, and how far it is.
CREATE TABLE petition_strike_outs (
    id                UUID        NOT NULL CONSTRAINT petition_strike_outs_pkey PRIMARY KEY,
    petition_id       UUID        NOT NULL CONSTRAINT petition_strike_outs_petition_id_fkey REFERENCES petitions (id),
    division          BIGINT      NOT NULL CONSTRAINT petition_strike_outs_division_fkey REFERENCES divisions (code),
    signed_from       TIMESTAMPTZ,
    signed_before     TIMESTAMPTZ,
    building_group_id UUID        CONSTRAINT petition_strike_outs_building_group_id_fkey REFERENCES building_groups (id),
    accounts_since    TIMESTAMPTZ,
    reason            TEXT        NOT NULL CONSTRAINT petition_strike_outs_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    state             TEXT        NOT NULL CONSTRAINT petition_strike_outs_state_check
                      CHECK (state IN ('draft', 'carried_out', 'cancelled')),
    -- How many it met when it was written down, and how many it struck out when it was carried out.
    met               INTEGER     NOT NULL CONSTRAINT petition_strike_outs_met_check CHECK (met >= 0),
    struck            INTEGER     CONSTRAINT petition_strike_outs_struck_check CHECK (struck >= 0),
    created_by        UUID        NOT NULL CONSTRAINT petition_strike_outs_created_by_fkey REFERENCES accounts (id),
    created_at        TIMESTAMPTZ NOT NULL,
    decided_by        UUID        CONSTRAINT petition_strike_outs_decided_by_fkey REFERENCES accounts (id),
    decided_at        TIMESTAMPTZ,
    CONSTRAINT petition_strike_outs_condition_check
        CHECK (num_nonnulls(signed_from, signed_before, building_group_id, accounts_since) > 0),
    CONSTRAINT petition_strike_outs_decided_check CHECK ((state = 'draft') = (decided_at IS NULL))
);
ALTER TABLE petition_signatures ADD CONSTRAINT petition_signatures_strike_out_id_fkey
    FOREIGN KEY (strike_out_id) REFERENCES petition_strike_outs (id);
CREATE INDEX petition_signatures_strike_out_id_idx ON petition_signatures (strike_out_id);
CREATE INDEX petition_strike_outs_petition_id_idx ON petition_strike_outs (petition_id, id);
CREATE INDEX petition_strike_outs_division_id_idx ON petition_strike_outs (division, id);
CREATE INDEX petition_strike_outs_building_group_id_idx ON petition_strike_outs (building_group_id);
CREATE INDEX petition_strike_outs_created_by_idx ON petition_strike_outs (created_by);
CREATE INDEX petition_strike_outs_decided_by_idx ON petition_strike_outs (decided_by);

-- How many signed: written by the same statement that adds the signatures.
CREATE TABLE petition_counts (
    petition_id UUID    NOT NULL CONSTRAINT petition_counts_pkey PRIMARY KEY
                CONSTRAINT petition_counts_petition_id_fkey REFERENCES petitions (id),
    signatures  INTEGER NOT NULL CONSTRAINT petition_counts_signatures_check CHECK (signatures >= 0),
    -- Whether the worker has held this number against the thresholds.
    is_checked  BOOLEAN NOT NULL
);
-- While many sign, the value of the column does not change, so that the row is rewritten without touching the index.
CREATE INDEX petition_counts_unchecked_idx ON petition_counts (petition_id) WHERE NOT is_checked;

-- Thresholds that were reached, when, and taken back when strike-outs bring the count below.
CREATE TABLE petition_thresholds (
    petition_id UUID        NOT NULL CONSTRAINT petition_thresholds_petition_id_fkey REFERENCES petitions (id),
    policy_id   UUID        NOT NULL CONSTRAINT petition_thresholds_policy_id_fkey REFERENCES matter_policies (id),
    reached_at  TIMESTAMPTZ NOT NULL,
    taken_back_at TIMESTAMPTZ,
    CONSTRAINT petition_thresholds_pkey PRIMARY KEY (petition_id, policy_id)
);
CREATE INDEX petition_thresholds_policy_id_idx ON petition_thresholds (policy_id);
