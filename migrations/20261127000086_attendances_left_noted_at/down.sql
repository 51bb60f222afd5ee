ALTER TABLE attendances DROP COLUMN left_noted_at;
