-- Who entered it is the nearest to who asked, and goes on not to decide it.
UPDATE erasures SET account_id = entered_by WHERE account_id IS NULL AND entered_by IS NOT NULL AND status <> 'erased';
DROP INDEX erasures_entered_by_idx;
ALTER TABLE erasures DROP CONSTRAINT erasures_asked_or_entered_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_asked_check CHECK (account_id IS NOT NULL OR status = 'erased');
ALTER TABLE erasures DROP CONSTRAINT erasures_entered_check;
ALTER TABLE erasures DROP COLUMN evidence;
ALTER TABLE erasures DROP COLUMN asked_by;
ALTER TABLE erasures DROP COLUMN entered_by;
