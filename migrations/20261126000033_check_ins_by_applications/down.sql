DROP INDEX check_ins_venue_id_idx;
DROP INDEX check_ins_application_id_idx;
ALTER TABLE check_ins DROP CONSTRAINT check_ins_recorder_check;
ALTER TABLE check_ins DROP CONSTRAINT check_ins_venue_id_fkey;
ALTER TABLE check_ins DROP COLUMN application_id;
