ALTER TABLE resident_health DROP COLUMN left_at;
