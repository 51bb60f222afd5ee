DROP TABLE mediation_evidence;
DROP TABLE mediation_notes;
DROP TABLE mediation_objections;
DROP TABLE mediation_seats;
DROP TABLE mediation_parties;
DROP TABLE mediation_cases;
DROP TABLE mediation_grades;
ALTER TABLE matter_policies DROP CONSTRAINT matter_policies_clock_known_check;
ALTER TABLE matter_policies ADD CONSTRAINT matter_policies_clock_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review', 'summons'));
ALTER TABLE matter_clocks DROP CONSTRAINT matter_clocks_clock_known_check;
ALTER TABLE matter_clocks ADD CONSTRAINT matter_clocks_clock_check CHECK (clock IN (
    'first_contact', 'acceptance', 'resolution', 'rehandling', 'answer', 'silence', 'dispatch', 'review', 'final_review'));
ALTER TABLE matters DROP CONSTRAINT matters_state_known_check;
ALTER TABLE matters ADD CONSTRAINT matters_state_check CHECK (state IN (
    'submitted', 'accepted', 'dispatched', 'in_progress', 'suspended', 'resolved', 'closed', 'rejected', 'withdrawn', 'merged'));
