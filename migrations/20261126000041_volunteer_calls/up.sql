-- Calls for volunteers 志愿者招募令 (G1): what is to be done, for whom, by whom, and what is asked of who comes.

CREATE TABLE volunteer_calls (
    id                UUID        NOT NULL CONSTRAINT volunteer_calls_pkey PRIMARY KEY,
    -- Where it is for: a committee, a street, a district.
    division          BIGINT      NOT NULL CONSTRAINT volunteer_calls_division_fkey REFERENCES divisions (code),
    -- Who organises it: an organisation, or a building group 楼组.
    organisation_id   UUID        CONSTRAINT volunteer_calls_organisation_id_fkey REFERENCES organisations (id),
    building_group_id UUID        CONSTRAINT volunteer_calls_building_group_id_fkey REFERENCES building_groups (id),
    title             TEXT        NOT NULL CONSTRAINT volunteer_calls_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    story             TEXT        NOT NULL CONSTRAINT volunteer_calls_story_check CHECK (char_length(story) <= 4000),
    minimum_age       INTEGER     CONSTRAINT volunteer_calls_minimum_age_check CHECK (minimum_age BETWEEN 6 AND 100),
    maximum_age       INTEGER     CONSTRAINT volunteer_calls_maximum_age_check CHECK (maximum_age BETWEEN 6 AND 120),
    -- What who comes must say they have; empty where nothing is asked.
    skill             TEXT        NOT NULL CONSTRAINT volunteer_calls_skill_check CHECK (char_length(skill) <= 100),
    training          TEXT        NOT NULL CONSTRAINT volunteer_calls_training_check CHECK (char_length(training) <= 100),
    -- What may happen (志愿服务条例 12), and what the organiser insured against it (17).
    risks             TEXT        NOT NULL CONSTRAINT volunteer_calls_risks_check CHECK (char_length(risks) <= 2000),
    is_dangerous      BOOLEAN     NOT NULL,
    insurer           TEXT        CONSTRAINT volunteer_calls_insurer_check CHECK (char_length(insurer) BETWEEN 1 AND 100),
    insurance_policy  TEXT        CONSTRAINT volunteer_calls_insurance_policy_check
                      CHECK (char_length(insurance_policy) BETWEEN 1 AND 64),
    insured_until     DATE,
    visibility        TEXT        NOT NULL CONSTRAINT volunteer_calls_visibility_check
                      CHECK (visibility IN ('building_group', 'community', 'public')),
    contact           TEXT        NOT NULL CONSTRAINT volunteer_calls_contact_check CHECK (char_length(contact) <= 100),
    state             TEXT        NOT NULL CONSTRAINT volunteer_calls_state_check
                      CHECK (state IN ('draft', 'published', 'closed', 'finished', 'cancelled')),
    -- Why it was cancelled.
    reason            TEXT        CONSTRAINT volunteer_calls_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    published_at      TIMESTAMPTZ,
    ended_at          TIMESTAMPTZ,
    created_by        UUID        NOT NULL CONSTRAINT volunteer_calls_created_by_fkey REFERENCES accounts (id),
    version           BIGINT      NOT NULL DEFAULT 1,
    created_at        TIMESTAMPTZ NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT volunteer_calls_organiser_check CHECK (num_nonnulls(organisation_id, building_group_id) = 1),
    CONSTRAINT volunteer_calls_ages_check CHECK (minimum_age <= maximum_age),
    CONSTRAINT volunteer_calls_danger_check CHECK (NOT is_dangerous OR risks <> ''),
    CONSTRAINT volunteer_calls_insurance_check CHECK (num_nonnulls(insurer, insurance_policy, insured_until) IN (0, 3)),
    CONSTRAINT volunteer_calls_shown_check CHECK (visibility <> 'building_group' OR building_group_id IS NOT NULL),
    CONSTRAINT volunteer_calls_published_check CHECK (state IN ('draft', 'cancelled') OR published_at IS NOT NULL),
    CONSTRAINT volunteer_calls_ended_check CHECK ((state IN ('finished', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT volunteer_calls_cancelled_check CHECK ((state = 'cancelled') = (reason IS NOT NULL))
);
CREATE INDEX volunteer_calls_division_idx ON volunteer_calls (division, id);
CREATE INDEX volunteer_calls_organisation_id_idx ON volunteer_calls (organisation_id, id);
CREATE INDEX volunteer_calls_building_group_id_idx ON volunteer_calls (building_group_id, id);
CREATE INDEX volunteer_calls_created_by_idx ON volunteer_calls (created_by);
CREATE INDEX volunteer_calls_public_idx ON volunteer_calls (division, id) WHERE visibility = 'public' AND state <> 'draft';

-- Who is wanted, and how many.
CREATE TABLE volunteer_call_needs (
    call_id  UUID    NOT NULL CONSTRAINT volunteer_call_needs_call_id_fkey REFERENCES volunteer_calls (id),
    position INTEGER NOT NULL,
    role     TEXT    NOT NULL CONSTRAINT volunteer_call_needs_role_check CHECK (char_length(role) BETWEEN 1 AND 60),
    quantity INTEGER NOT NULL CONSTRAINT volunteer_call_needs_quantity_check CHECK (quantity BETWEEN 1 AND 10000),
    CONSTRAINT volunteer_call_needs_pkey PRIMARY KEY (call_id, position)
);
