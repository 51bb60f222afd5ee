DROP TABLE mediation_hearing_notices;
DROP TABLE mediation_hearing_attendees;
ALTER TABLE mediation_seats DROP CONSTRAINT mediation_seats_id_account_id_key;
DROP TABLE mediation_hearing_reservations;
DROP TABLE mediation_hearings;
DROP TABLE hearing_slots;
