DROP INDEX resident_labels_left_at_idx;
ALTER TABLE resident_labels DROP COLUMN left_at;
DELETE FROM erasures WHERE account_id IS NULL;
ALTER TABLE erasures DROP CONSTRAINT erasures_asked_check;
ALTER TABLE erasures ALTER COLUMN account_id SET NOT NULL;
DROP INDEX residents_status_ended_at_id_idx;
ALTER TABLE residents DROP COLUMN ended_at;
