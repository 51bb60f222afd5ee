-- A guardian tells a dispute for a child in their care (民法典 23, 27): whose it is stays the child, and which record speaks for it is kept.
ALTER TABLE dispute_entries
    ADD COLUMN guardian_id UUID CONSTRAINT dispute_entries_guardian_id_fkey REFERENCES residents (id);
ALTER TABLE dispute_entries ADD CONSTRAINT dispute_entries_guarded_check CHECK (guardian_id IS NULL OR resident_id IS NOT NULL);
CREATE INDEX dispute_entries_guardian_id_idx ON dispute_entries (guardian_id);
