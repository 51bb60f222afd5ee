DROP INDEX dispute_entries_guardian_id_idx;
ALTER TABLE dispute_entries DROP CONSTRAINT dispute_entries_guarded_check;
ALTER TABLE dispute_entries DROP COLUMN guardian_id;
