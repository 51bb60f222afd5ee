DROP TABLE mediation_extension_replies;
DROP TABLE mediation_extensions;
DROP TABLE mediation_follow_ups;
DROP TABLE mediation_penalty_waivers;
DROP TABLE mediation_confirmation_parties;
DROP TABLE mediation_confirmations;
DROP TABLE mediation_performances;
DROP TABLE mediation_signatures;
DROP TABLE mediation_agreement_items;
DROP TABLE mediation_agreements;
DROP FUNCTION mediation_agreements_are_kept();

ALTER TABLE matter_policies DROP CONSTRAINT matter_policies_clock_named_check;
ALTER TABLE matter_policies ADD CONSTRAINT matter_policies_clock_known_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review', 'summons',
    'confirmation', 'follow_up'));
ALTER TABLE matter_clocks DROP CONSTRAINT matter_clocks_clock_named_check;
ALTER TABLE matter_clocks ADD CONSTRAINT matter_clocks_clock_known_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review',
    'confirmation', 'follow_up'));
