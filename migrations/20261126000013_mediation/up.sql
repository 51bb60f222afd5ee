-- 三所联动 (F1–F9): police station, judicial office and law firm mediate a dispute together. A case is a matter; what it has besides
-- stands here. Nothing of it is free to read for whoever merely has the range: see src/matters/mediation_cases/seeing.rs.

ALTER TABLE matters DROP CONSTRAINT matters_state_check;
ALTER TABLE matters ADD CONSTRAINT matters_state_known_check CHECK (state IN (
    'submitted', 'accepted', 'dispatched', 'in_progress', 'suspended', 'resolved', 'closed', 'rejected', 'withdrawn', 'merged',
    'registered', 'declined', 'scheduled', 'in_mediation', 'adjourned', 'agreed', 'failed', 'performing', 'performed', 'breached'));

ALTER TABLE matter_clocks DROP CONSTRAINT matter_clocks_clock_check;
ALTER TABLE matter_clocks ADD CONSTRAINT matter_clocks_clock_known_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review',
    'confirmation', 'follow_up'));
ALTER TABLE matter_policies DROP CONSTRAINT matter_policies_clock_check;
ALTER TABLE matter_policies ADD CONSTRAINT matter_policies_clock_known_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review', 'summons',
    'confirmation', 'follow_up'));

-- Who must sit at the table for which grade 分级标准: rows, since districts differ. The closest division holds, then the later day.
CREATE TABLE mediation_grades (
    id             UUID        NOT NULL CONSTRAINT mediation_grades_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT mediation_grades_division_fkey REFERENCES divisions (code),
    grade          TEXT        NOT NULL CONSTRAINT mediation_grades_grade_check CHECK (grade IN ('general', 'difficult', 'major')),
    -- The seats that may not be empty when it is heard.
    seats          TEXT[]      NOT NULL CONSTRAINT mediation_grades_seats_check
                   CHECK (seats <@ ARRAY ['police', 'justice', 'lawyer']),
    mediators      INTEGER     NOT NULL CONSTRAINT mediation_grades_mediators_check CHECK (mediators BETWEEN 1 AND 9),
    effective_from DATE        NOT NULL,
    legal_basis    TEXT        NOT NULL
                   CONSTRAINT mediation_grades_legal_basis_check CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    created_by     UUID        CONSTRAINT mediation_grades_created_by_fkey REFERENCES accounts (id),
    created_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_grades_division_grade_effective_from_key UNIQUE (division, grade, effective_from)
);
CREATE INDEX mediation_grades_created_by_idx ON mediation_grades (created_by);

CREATE TABLE mediation_cases (
    id              UUID        NOT NULL CONSTRAINT mediation_cases_pkey PRIMARY KEY
                    CONSTRAINT mediation_cases_id_fkey REFERENCES matters (id),
    source          TEXT        NOT NULL CONSTRAINT mediation_cases_source_check CHECK (source IN (
                        'police_referral', 'petition', 'walk_in', 'court', 'screening', 'dispute_entry')),
    -- 警情编号, of what the police referred.
    incident_number TEXT        CONSTRAINT mediation_cases_incident_number_check
                    CHECK (char_length(incident_number) BETWEEN 1 AND 40),
    petition_id     UUID        CONSTRAINT mediation_cases_petition_id_fkey REFERENCES petitions (id),
    dispute_type    TEXT        NOT NULL CONSTRAINT mediation_cases_dispute_type_check CHECK (dispute_type IN (
                        'neighbour', 'family', 'property_service', 'damages', 'debt', 'labour', 'consumer', 'contract', 'rent', 'other')),
    grade           TEXT        NOT NULL
                    CONSTRAINT mediation_cases_grade_check CHECK (grade IN ('general', 'difficult', 'major')),
    -- What it is about, in confidence: matters.title says the type alone.
    subject         TEXT        NOT NULL CONSTRAINT mediation_cases_subject_check CHECK (char_length(subject) BETWEEN 1 AND 100),
    facts           TEXT        NOT NULL CONSTRAINT mediation_cases_facts_check CHECK (char_length(facts) BETWEEN 1 AND 4000),
    claims          TEXT        NOT NULL CONSTRAINT mediation_cases_claims_check CHECK (char_length(claims) <= 2000),
    -- 可能激化 (人民调解法 25): told to the police at the table.
    is_violent      BOOLEAN     NOT NULL,
    risk_note       TEXT        NOT NULL CONSTRAINT mediation_cases_risk_note_check CHECK (char_length(risk_note) <= 500),
    registered_by   UUID        NOT NULL CONSTRAINT mediation_cases_registered_by_fkey REFERENCES accounts (id),
    organisation_id UUID        CONSTRAINT mediation_cases_organisation_id_fkey REFERENCES organisations (id),
    -- Why it was not taken, failed, was withdrawn, and where the parties were told they may go (人民调解法 26).
    end_reason      TEXT        CONSTRAINT mediation_cases_end_reason_check CHECK (end_reason IN (
                        'not_mediable', 'other_body_seized', 'party_refused', 'not_reached', 'party_absent', 'no_agreement',
                        'party_stopped', 'settled_elsewhere', 'breached')),
    end_note        TEXT        NOT NULL CONSTRAINT mediation_cases_end_note_check CHECK (char_length(end_note) <= 1000),
    routes          TEXT[]      NOT NULL CONSTRAINT mediation_cases_routes_check
                    CHECK (routes <@ ARRAY ['arbitration', 'administrative', 'litigation', 'legal_aid', 'police']),
    CONSTRAINT mediation_cases_incident_number_given_check CHECK (source <> 'police_referral' OR incident_number IS NOT NULL)
);
CREATE INDEX mediation_cases_petition_id_idx ON mediation_cases (petition_id);
CREATE INDEX mediation_cases_registered_by_idx ON mediation_cases (registered_by);
CREATE INDEX mediation_cases_organisation_id_idx ON mediation_cases (organisation_id);
-- One incident is one case.
CREATE UNIQUE INDEX mediation_cases_incident_number_key ON mediation_cases (incident_number);

-- Who is in dispute 当事人. Everybody's word counts: nothing begins until each agreed (人民调解法 17).
CREATE TABLE mediation_parties (
    id                UUID        NOT NULL CONSTRAINT mediation_parties_pkey PRIMARY KEY,
    case_id           UUID        NOT NULL CONSTRAINT mediation_parties_case_id_fkey REFERENCES mediation_cases (id),
    side              TEXT        NOT NULL
                      CONSTRAINT mediation_parties_side_check CHECK (side IN ('applicant', 'respondent', 'third')),
    kind              TEXT        NOT NULL
                      CONSTRAINT mediation_parties_kind_check CHECK (kind IN ('resident', 'person', 'organisation')),
    resident_id       UUID        CONSTRAINT mediation_parties_resident_id_fkey REFERENCES residents (id),
    organisation_id   UUID        CONSTRAINT mediation_parties_organisation_id_fkey REFERENCES organisations (id),
    name              TEXT        CONSTRAINT mediation_parties_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    phone_sealed      BYTEA,
    -- Whose account speaks for it: their own, or of who represents them with authority (代理人、监护人).
    account_id        UUID        CONSTRAINT mediation_parties_account_id_fkey REFERENCES accounts (id),
    representation    TEXT        NOT NULL CONSTRAINT mediation_parties_representation_check
                      CHECK (representation IN ('oneself', 'agent', 'guardian')),
    representative_id UUID        CONSTRAINT mediation_parties_representative_id_fkey REFERENCES residents (id),
    representative_name TEXT      CONSTRAINT mediation_parties_representative_name_check
                      CHECK (char_length(representative_name) BETWEEN 1 AND 100),
    authority         TEXT        NOT NULL CONSTRAINT mediation_parties_authority_check CHECK (char_length(authority) <= 500),
    consent           TEXT        NOT NULL
                      CONSTRAINT mediation_parties_consent_check CHECK (consent IN ('pending', 'agreed', 'refused')),
    consent_by        TEXT        CONSTRAINT mediation_parties_consent_by_check
                      CHECK (consent_by IN ('app', 'in_person', 'phone', 'paper')),
    consented_at      TIMESTAMPTZ,
    consent_noted_by  UUID        CONSTRAINT mediation_parties_consent_noted_by_fkey REFERENCES accounts (id),
    -- An open or a closed hearing (人民调解法 23): closed, unless everybody wants it open.
    wants_open        BOOLEAN,
    created_at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_parties_kind_fit_check CHECK (
        CASE kind WHEN 'resident' THEN resident_id IS NOT NULL AND organisation_id IS NULL
                  WHEN 'organisation' THEN organisation_id IS NOT NULL AND resident_id IS NULL
                  ELSE name IS NOT NULL AND num_nonnulls(resident_id, organisation_id) = 0 END),
    CONSTRAINT mediation_parties_representation_fit_check CHECK (
        (representation = 'oneself') = (num_nonnulls(representative_id, representative_name) = 0)),
    CONSTRAINT mediation_parties_consented_check CHECK (
        (consent = 'pending') = (consented_at IS NULL) AND (consent_by IS NULL) = (consented_at IS NULL))
);
CREATE INDEX mediation_parties_case_id_idx ON mediation_parties (case_id, id);
CREATE INDEX mediation_parties_resident_id_idx ON mediation_parties (resident_id);
CREATE INDEX mediation_parties_organisation_id_idx ON mediation_parties (organisation_id);
CREATE INDEX mediation_parties_account_id_idx ON mediation_parties (account_id, case_id);
CREATE INDEX mediation_parties_representative_id_idx ON mediation_parties (representative_id);
CREATE INDEX mediation_parties_consent_noted_by_idx ON mediation_parties (consent_noted_by);
-- One person is one party.
CREATE UNIQUE INDEX mediation_parties_case_id_resident_id_key ON mediation_parties (case_id, resident_id);
CREATE UNIQUE INDEX mediation_parties_case_id_organisation_id_key ON mediation_parties (case_id, organisation_id);

-- Who sits at the table 席位: the three, departments, and the mediators.
CREATE TABLE mediation_seats (
    id              UUID        NOT NULL CONSTRAINT mediation_seats_pkey PRIMARY KEY,
    case_id         UUID        NOT NULL CONSTRAINT mediation_seats_case_id_fkey REFERENCES mediation_cases (id),
    role            TEXT        NOT NULL CONSTRAINT mediation_seats_role_check
                    CHECK (role IN ('police', 'justice', 'lawyer', 'department', 'mediator')),
    account_id      UUID        NOT NULL CONSTRAINT mediation_seats_account_id_fkey REFERENCES accounts (id),
    organisation_id UUID        CONSTRAINT mediation_seats_organisation_id_fkey REFERENCES organisations (id),
    state           TEXT        NOT NULL
                    CONSTRAINT mediation_seats_state_check CHECK (state IN ('asked', 'accepted', 'declined', 'left')),
    reason          TEXT        NOT NULL CONSTRAINT mediation_seats_reason_check CHECK (char_length(reason) <= 500),
    asked_by        UUID        NOT NULL CONSTRAINT mediation_seats_asked_by_fkey REFERENCES accounts (id),
    asked_at        TIMESTAMPTZ NOT NULL,
    replied_at      TIMESTAMPTZ,
    left_at         TIMESTAMPTZ
);
CREATE INDEX mediation_seats_case_id_idx ON mediation_seats (case_id, id);
CREATE INDEX mediation_seats_account_id_idx ON mediation_seats (account_id, case_id);
CREATE INDEX mediation_seats_organisation_id_idx ON mediation_seats (organisation_id);
CREATE INDEX mediation_seats_asked_by_idx ON mediation_seats (asked_by);
-- One of each of the three at a time, and nobody on two seats of a case.
CREATE UNIQUE INDEX mediation_seats_case_id_role_key ON mediation_seats (case_id, role)
    WHERE role IN ('police', 'justice', 'lawyer') AND state IN ('asked', 'accepted');
CREATE UNIQUE INDEX mediation_seats_case_id_account_id_key ON mediation_seats (case_id, account_id)
    WHERE state IN ('asked', 'accepted');

-- 回避: a party does not want a mediator.
CREATE TABLE mediation_objections (
    id         UUID        NOT NULL CONSTRAINT mediation_objections_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_objections_case_id_fkey REFERENCES mediation_cases (id),
    seat_id    UUID        NOT NULL CONSTRAINT mediation_objections_seat_id_fkey REFERENCES mediation_seats (id),
    party_id   UUID        NOT NULL CONSTRAINT mediation_objections_party_id_fkey REFERENCES mediation_parties (id),
    reason     TEXT        NOT NULL CONSTRAINT mediation_objections_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    decision   TEXT        CONSTRAINT mediation_objections_decision_check CHECK (decision IN ('sustained', 'overruled')),
    decision_reason TEXT   CONSTRAINT mediation_objections_decision_reason_check
               CHECK (char_length(decision_reason) BETWEEN 1 AND 500),
    decided_by UUID        CONSTRAINT mediation_objections_decided_by_fkey REFERENCES accounts (id),
    decided_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_objections_seat_id_party_id_key UNIQUE (seat_id, party_id),
    CONSTRAINT mediation_objections_decided_check
        CHECK (num_nonnulls(decision, decision_reason, decided_by, decided_at) IN (0, 4))
);
CREATE INDEX mediation_objections_case_id_idx ON mediation_objections (case_id, id);
CREATE INDEX mediation_objections_party_id_idx ON mediation_objections (party_id);
CREATE INDEX mediation_objections_decided_by_idx ON mediation_objections (decided_by);

-- What is written down at the table 笔录、备忘: for one seat alone, for the table, or for everybody.
CREATE TABLE mediation_notes (
    id         UUID        NOT NULL CONSTRAINT mediation_notes_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_notes_case_id_fkey REFERENCES mediation_cases (id),
    seat_id    UUID        NOT NULL CONSTRAINT mediation_notes_seat_id_fkey REFERENCES mediation_seats (id),
    audience   TEXT        NOT NULL CONSTRAINT mediation_notes_audience_check CHECK (audience IN ('seat', 'table', 'everybody')),
    text       TEXT        NOT NULL CONSTRAINT mediation_notes_text_check CHECK (char_length(text) BETWEEN 1 AND 4000),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX mediation_notes_case_id_idx ON mediation_notes (case_id, id);
CREATE INDEX mediation_notes_seat_id_idx ON mediation_notes (seat_id);

-- What is shown 证据: by a party or a seat, for whom they say.
CREATE TABLE mediation_evidence (
    id         UUID        NOT NULL CONSTRAINT mediation_evidence_pkey PRIMARY KEY,
    case_id    UUID        NOT NULL CONSTRAINT mediation_evidence_case_id_fkey REFERENCES mediation_cases (id),
    party_id   UUID        CONSTRAINT mediation_evidence_party_id_fkey REFERENCES mediation_parties (id),
    seat_id    UUID        CONSTRAINT mediation_evidence_seat_id_fkey REFERENCES mediation_seats (id),
    audience   TEXT        NOT NULL
               CONSTRAINT mediation_evidence_audience_check CHECK (audience IN ('mediators', 'table', 'everybody')),
    title      TEXT        NOT NULL CONSTRAINT mediation_evidence_title_check CHECK (char_length(title) BETWEEN 1 AND 100),
    text       TEXT        NOT NULL CONSTRAINT mediation_evidence_text_check CHECK (char_length(text) <= 2000),
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT mediation_evidence_brought_by_check CHECK (num_nonnulls(party_id, seat_id) = 1)
);
CREATE INDEX mediation_evidence_case_id_idx ON mediation_evidence (case_id, id);
CREATE INDEX mediation_evidence_party_id_idx ON mediation_evidence (party_id);
CREATE INDEX mediation_evidence_seat_id_idx ON mediation_evidence (seat_id);
