DROP TABLE mediation_annulments;

UPDATE mediation_cases SET end_reason = 'other_body_seized' WHERE end_reason = 'agreement_annulled';
ALTER TABLE mediation_cases DROP CONSTRAINT mediation_cases_end_reason_known_check;
ALTER TABLE mediation_cases ADD CONSTRAINT mediation_cases_end_reason_check CHECK (end_reason IN (
    'not_mediable', 'other_body_seized', 'party_refused', 'not_reached', 'party_absent', 'no_agreement', 'party_stopped',
    'settled_elsewhere', 'breached'));

ALTER TABLE mediation_agreements DISABLE TRIGGER mediation_agreements_kept;
UPDATE mediation_agreements SET state = 'revoked' WHERE state = 'annulled';
ALTER TABLE mediation_agreements ENABLE TRIGGER mediation_agreements_kept;
ALTER TABLE mediation_agreements DROP CONSTRAINT mediation_agreements_over_check;
ALTER TABLE mediation_agreements ADD CONSTRAINT mediation_agreements_ended_check
    CHECK ((state IN ('superseded', 'revoked')) = (ended_at IS NOT NULL));
ALTER TABLE mediation_agreements DROP CONSTRAINT mediation_agreements_state_known_check;
ALTER TABLE mediation_agreements ADD CONSTRAINT mediation_agreements_state_check
    CHECK (state IN ('signing', 'effective', 'superseded', 'revoked'));
