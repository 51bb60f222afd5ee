-- Gates are applications: what they record is theirs. A venue is one that there is.
ALTER TABLE check_ins ADD COLUMN application_id UUID
    CONSTRAINT check_ins_application_id_fkey REFERENCES applications (id);
ALTER TABLE check_ins ADD CONSTRAINT check_ins_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues (id);
ALTER TABLE check_ins ADD CONSTRAINT check_ins_recorder_check CHECK (num_nonnulls(recorded_by, application_id) <= 1);
CREATE INDEX check_ins_application_id_idx ON check_ins (application_id);
CREATE INDEX check_ins_venue_id_idx ON check_ins (venue_id);
