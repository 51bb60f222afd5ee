-- A court revokes an agreement, or finds it void 撤销、确认无效 (人民调解法 32, 33): it holds no more, whatever was done by it.
ALTER TABLE mediation_agreements DROP CONSTRAINT mediation_agreements_state_check;
ALTER TABLE mediation_agreements ADD CONSTRAINT mediation_agreements_state_known_check
    CHECK (state IN ('signing', 'effective', 'superseded', 'revoked', 'annulled'));
ALTER TABLE mediation_agreements DROP CONSTRAINT mediation_agreements_ended_check;
ALTER TABLE mediation_agreements ADD CONSTRAINT mediation_agreements_over_check
    CHECK ((state IN ('superseded', 'revoked', 'annulled')) = (ended_at IS NOT NULL));

ALTER TABLE mediation_cases DROP CONSTRAINT mediation_cases_end_reason_check;
ALTER TABLE mediation_cases ADD CONSTRAINT mediation_cases_end_reason_known_check CHECK (end_reason IN (
    'not_mediable', 'other_body_seized', 'party_refused', 'not_reached', 'party_absent', 'no_agreement', 'party_stopped',
    'settled_elsewhere', 'breached', 'agreement_annulled'));

CREATE TABLE mediation_annulments (
    id              UUID        NOT NULL CONSTRAINT mediation_annulments_pkey PRIMARY KEY,
    agreement_id    UUID        NOT NULL CONSTRAINT mediation_annulments_agreement_id_fkey REFERENCES mediation_agreements (id)
                    CONSTRAINT mediation_annulments_agreement_id_key UNIQUE,
    kind            TEXT        NOT NULL CONSTRAINT mediation_annulments_kind_check CHECK (kind IN ('revoked', 'void')),
    court           TEXT        NOT NULL CONSTRAINT mediation_annulments_court_check CHECK (char_length(court) BETWEEN 1 AND 100),
    decided_on      DATE        NOT NULL,
    document_number TEXT        NOT NULL
                    CONSTRAINT mediation_annulments_document_number_check CHECK (char_length(document_number) BETWEEN 1 AND 100),
    reason          TEXT        NOT NULL CONSTRAINT mediation_annulments_reason_check CHECK (char_length(reason) BETWEEN 1 AND 1000),
    created_by      UUID        NOT NULL CONSTRAINT mediation_annulments_created_by_fkey REFERENCES accounts (id),
    created_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX mediation_annulments_created_by_idx ON mediation_annulments (created_by);
