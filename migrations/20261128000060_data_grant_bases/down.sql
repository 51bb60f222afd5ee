DROP INDEX consents_purpose_idx;
-- Without a basis a grant shows everybody, so what shows only who agreed ends.
UPDATE data_grants SET withdrawn_at = now(), withdrawn_by = granted_by WHERE basis = 'consent' AND withdrawn_at IS NULL;
ALTER TABLE data_grants DROP COLUMN basis;
