-- The last two ways into mediation: disputes told once 解纷一件事, and what campaigns of screening 排查 find (人民调解法 17, 25; issue: 三所联动).

-- Who receives what is not mediated.
ALTER TABLE organisations DROP CONSTRAINT organisations_kind_check;
ALTER TABLE organisations ADD CONSTRAINT organisations_kind_known_check CHECK (kind IN (
    'residents_committee', 'village_committee', 'owners_committee', 'property_company', 'police_station', 'justice_office', 'law_firm',
    'department', 'street_office', 'grid_centre', 'social_organisation', 'enterprise', 'foundation', 'party_branch',
    'public_institution', 'court', 'legal_aid_centre'));

-- Which way a dispute goes: the first rule by position that fits, of the closest place and the latest day.
CREATE TABLE dispute_route_rules (
    id             UUID        NOT NULL CONSTRAINT dispute_route_rules_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT dispute_route_rules_division_fkey REFERENCES divisions (code),
    position       INTEGER     NOT NULL CONSTRAINT dispute_route_rules_position_check CHECK (position BETWEEN 1 AND 1000),
    ground         TEXT        CONSTRAINT dispute_route_rules_ground_check CHECK (ground IN ('violence', 'crime', 'sued', 'no_means')),
    dispute_type   TEXT        CONSTRAINT dispute_route_rules_dispute_type_check CHECK (dispute_type IN (
                       'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract', 'rent', 'other')),
    route          TEXT        NOT NULL
                   CONSTRAINT dispute_route_rules_route_check CHECK (route IN ('mediation', 'legal_aid', 'court', 'police')),
    effective_from DATE        NOT NULL,
    legal_basis    TEXT        NOT NULL CONSTRAINT dispute_route_rules_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT dispute_route_rules_division_position_effective_from_key UNIQUE (division, position, effective_from)
);

CREATE TABLE dispute_entries (
    id                    UUID        NOT NULL CONSTRAINT dispute_entries_pkey PRIMARY KEY,
    division              BIGINT      NOT NULL CONSTRAINT dispute_entries_division_fkey REFERENCES divisions (code),
    dispute_type          TEXT        NOT NULL CONSTRAINT dispute_entries_dispute_type_check CHECK (dispute_type IN (
                              'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract', 'rent',
                              'other')),
    grounds               TEXT[]      NOT NULL CONSTRAINT dispute_entries_grounds_check
                          CHECK (grounds <@ ARRAY['violence', 'crime', 'sued', 'no_means']),
    facts                 TEXT        NOT NULL CONSTRAINT dispute_entries_facts_check CHECK (char_length(facts) BETWEEN 1 AND 4000),
    wanted                TEXT        NOT NULL CONSTRAINT dispute_entries_wanted_check CHECK (char_length(wanted) <= 2000),
    place                 TEXT        NOT NULL CONSTRAINT dispute_entries_place_check CHECK (char_length(place) <= 200),
    -- Whose it is: a record of the archive, or somebody by name.
    resident_id           UUID        CONSTRAINT dispute_entries_resident_id_fkey REFERENCES residents (id),
    account_id            UUID        CONSTRAINT dispute_entries_account_id_fkey REFERENCES accounts (id),
    name                  TEXT        CONSTRAINT dispute_entries_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    phone_sealed          BYTEA,
    -- With whom.
    other_name            TEXT        CONSTRAINT dispute_entries_other_name_check CHECK (char_length(other_name) BETWEEN 1 AND 100),
    other_organisation_id UUID        CONSTRAINT dispute_entries_other_organisation_id_fkey REFERENCES organisations (id),
    other_phone_sealed    BYTEA,
    -- Where it went, and what came of it. What became of a case is asked of the case.
    route                 TEXT        NOT NULL
                          CONSTRAINT dispute_entries_route_check CHECK (route IN ('mediation', 'legal_aid', 'court', 'police')),
    legal_basis           TEXT        NOT NULL CONSTRAINT dispute_entries_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    organisation_id       UUID        CONSTRAINT dispute_entries_organisation_id_fkey REFERENCES organisations (id),
    case_id               UUID        CONSTRAINT dispute_entries_case_id_fkey REFERENCES mediation_cases (id)
                          CONSTRAINT dispute_entries_case_id_key UNIQUE,
    state                 TEXT        NOT NULL
                          CONSTRAINT dispute_entries_state_check CHECK (state IN ('sent', 'accepted', 'answered', 'mediated')),
    accepted_at           TIMESTAMPTZ,
    outcome               TEXT        CONSTRAINT dispute_entries_outcome_check CHECK (char_length(outcome) BETWEEN 1 AND 500),
    answered_at           TIMESTAMPTZ,
    -- "Not ours", said once.
    handed_from           TEXT        CONSTRAINT dispute_entries_handed_from_check CHECK (handed_from IN ('legal_aid', 'court', 'police')),
    handed_reason         TEXT        CONSTRAINT dispute_entries_handed_reason_check CHECK (char_length(handed_reason) BETWEEN 1 AND 500),
    handed_at             TIMESTAMPTZ,
    handed_by             UUID        CONSTRAINT dispute_entries_handed_by_fkey REFERENCES accounts (id),
    entered_by            UUID        NOT NULL CONSTRAINT dispute_entries_entered_by_fkey REFERENCES accounts (id),
    version               BIGINT      NOT NULL DEFAULT 1,
    created_at            TIMESTAMPTZ NOT NULL,
    updated_at            TIMESTAMPTZ NOT NULL,
    CONSTRAINT dispute_entries_whose_check CHECK (num_nonnulls(resident_id, name) = 1),
    CONSTRAINT dispute_entries_other_check CHECK (num_nonnulls(other_name, other_organisation_id) = 1),
    CONSTRAINT dispute_entries_mediated_check CHECK (
        (route = 'mediation') = (state = 'mediated') AND (route = 'mediation') = (case_id IS NOT NULL)),
    CONSTRAINT dispute_entries_accepted_check CHECK (
        CASE state WHEN 'accepted' THEN accepted_at IS NOT NULL WHEN 'answered' THEN true ELSE accepted_at IS NULL END),
    CONSTRAINT dispute_entries_answered_check CHECK (num_nonnulls(outcome, answered_at) = CASE state WHEN 'answered' THEN 2 ELSE 0 END),
    CONSTRAINT dispute_entries_handed_check CHECK (num_nonnulls(handed_from, handed_reason, handed_at, handed_by) IN (0, 4)),
    CONSTRAINT dispute_entries_handed_elsewhere_check CHECK (handed_from IS NULL OR handed_from <> route)
);
CREATE INDEX dispute_entries_division_id_idx ON dispute_entries (division, id);
CREATE INDEX dispute_entries_resident_id_idx ON dispute_entries (resident_id);
CREATE INDEX dispute_entries_account_id_idx ON dispute_entries (account_id, id);
CREATE INDEX dispute_entries_other_organisation_id_idx ON dispute_entries (other_organisation_id);
CREATE INDEX dispute_entries_organisation_id_idx ON dispute_entries (organisation_id, id);
CREATE INDEX dispute_entries_handed_by_idx ON dispute_entries (handed_by);
CREATE INDEX dispute_entries_entered_by_idx ON dispute_entries (entered_by, id);

-- A campaign 排查: some weeks in which a street, a committee or a police station looks for what may become a quarrel.
CREATE TABLE screenings (
    id              UUID        NOT NULL CONSTRAINT screenings_pkey PRIMARY KEY,
    division        BIGINT      NOT NULL CONSTRAINT screenings_division_fkey REFERENCES divisions (code),
    organisation_id UUID        CONSTRAINT screenings_organisation_id_fkey REFERENCES organisations (id),
    title           TEXT        NOT NULL CONSTRAINT screenings_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    starts_on       DATE        NOT NULL,
    ends_on         DATE        NOT NULL,
    -- Where of the division it looks; empty: everywhere.
    divisions       BIGINT[]    NOT NULL,
    closed_at       TIMESTAMPTZ,
    closing_note    TEXT        NOT NULL DEFAULT '' CONSTRAINT screenings_closing_note_check CHECK (char_length(closing_note) <= 500),
    created_by      UUID        NOT NULL CONSTRAINT screenings_created_by_fkey REFERENCES accounts (id),
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT screenings_period_check CHECK (starts_on <= ends_on)
);
CREATE INDEX screenings_division_id_idx ON screenings (division, id);
CREATE INDEX screenings_organisation_id_idx ON screenings (organisation_id);
CREATE INDEX screenings_created_by_idx ON screenings (created_by);

-- What was seen 线索: working material, which becomes a case once.
CREATE TABLE screening_leads (
    id           UUID        NOT NULL CONSTRAINT screening_leads_pkey PRIMARY KEY,
    screening_id UUID        NOT NULL CONSTRAINT screening_leads_screening_id_fkey REFERENCES screenings (id),
    division     BIGINT      NOT NULL CONSTRAINT screening_leads_division_fkey REFERENCES divisions (code),
    dispute_type TEXT        NOT NULL CONSTRAINT screening_leads_dispute_type_check CHECK (dispute_type IN (
                     'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract', 'rent', 'other')),
    risk_level   TEXT        NOT NULL CONSTRAINT screening_leads_risk_level_check CHECK (risk_level IN ('low', 'medium', 'high')),
    dwelling_id  UUID        CONSTRAINT screening_leads_dwelling_id_fkey REFERENCES dwellings (id),
    seen         TEXT        NOT NULL CONSTRAINT screening_leads_seen_check CHECK (char_length(seen) BETWEEN 1 AND 500),
    next_look_on DATE,
    state        TEXT        NOT NULL CONSTRAINT screening_leads_state_check CHECK (state IN ('open', 'settled', 'became_case')),
    outcome      TEXT        CONSTRAINT screening_leads_outcome_check CHECK (char_length(outcome) BETWEEN 1 AND 500),
    case_id      UUID        CONSTRAINT screening_leads_case_id_fkey REFERENCES mediation_cases (id)
                 CONSTRAINT screening_leads_case_id_key UNIQUE,
    ended_at     TIMESTAMPTZ,
    noted_by     UUID        NOT NULL CONSTRAINT screening_leads_noted_by_fkey REFERENCES accounts (id),
    version      BIGINT      NOT NULL DEFAULT 1,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT screening_leads_ended_check CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT screening_leads_settled_check CHECK ((state = 'settled') = (outcome IS NOT NULL)),
    CONSTRAINT screening_leads_became_case_check CHECK ((state = 'became_case') = (case_id IS NOT NULL))
);
CREATE INDEX screening_leads_screening_id_idx ON screening_leads (screening_id, division, id);
CREATE INDEX screening_leads_division_id_idx ON screening_leads (division, id);
CREATE INDEX screening_leads_dwelling_id_idx ON screening_leads (dwelling_id);
CREATE INDEX screening_leads_noted_by_idx ON screening_leads (noted_by);

CREATE TABLE screening_lead_parties (
    id              UUID NOT NULL CONSTRAINT screening_lead_parties_pkey PRIMARY KEY,
    lead_id         UUID NOT NULL CONSTRAINT screening_lead_parties_lead_id_fkey REFERENCES screening_leads (id),
    side            TEXT NOT NULL CONSTRAINT screening_lead_parties_side_check CHECK (side IN ('applicant', 'respondent', 'third')),
    resident_id     UUID CONSTRAINT screening_lead_parties_resident_id_fkey REFERENCES residents (id),
    organisation_id UUID CONSTRAINT screening_lead_parties_organisation_id_fkey REFERENCES organisations (id),
    name            TEXT CONSTRAINT screening_lead_parties_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT screening_lead_parties_who_check CHECK (num_nonnulls(resident_id, organisation_id, name) = 1),
    CONSTRAINT screening_lead_parties_lead_id_resident_id_key UNIQUE (lead_id, resident_id),
    CONSTRAINT screening_lead_parties_lead_id_organisation_id_key UNIQUE (lead_id, organisation_id)
);
CREATE INDEX screening_lead_parties_resident_id_idx ON screening_lead_parties (resident_id);
CREATE INDEX screening_lead_parties_organisation_id_idx ON screening_lead_parties (organisation_id);

ALTER TABLE inbox_items
    ADD COLUMN dispute_entry_id  UUID CONSTRAINT inbox_items_dispute_entry_id_fkey REFERENCES dispute_entries (id),
    ADD COLUMN screening_lead_id UUID CONSTRAINT inbox_items_screening_lead_id_fkey REFERENCES screening_leads (id);
ALTER TABLE inbox_items DROP CONSTRAINT inbox_items_subject_check;
ALTER TABLE inbox_items ADD CONSTRAINT inbox_items_about_check
    CHECK (num_nonnulls(matter_id, summons_id, dispute_entry_id, screening_lead_id) = 1);
CREATE INDEX inbox_items_dispute_entry_id_idx ON inbox_items (dispute_entry_id);
CREATE INDEX inbox_items_screening_lead_id_idx ON inbox_items (screening_lead_id);
