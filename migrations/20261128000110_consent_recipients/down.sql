CREATE INDEX consents_purpose_idx ON consents (purpose) WHERE withdrawn_at IS NULL;
-- What names nobody would count for every grant, so what was agreed to for one recipient ends.
UPDATE consents SET withdrawn_at = now() WHERE recipient_id IS NOT NULL AND withdrawn_at IS NULL;
DROP INDEX consents_recipient_id_idx;
DROP INDEX consents_resident_id_purpose_recipient_id_key;
DROP INDEX consents_account_id_purpose_recipient_id_key;
ALTER TABLE consents DROP CONSTRAINT consents_recipient_check;
ALTER TABLE consents DROP COLUMN recipient_id;
CREATE UNIQUE INDEX consents_account_id_purpose_key ON consents (account_id, purpose)
    WHERE withdrawn_at IS NULL AND resident_id IS NULL;
CREATE UNIQUE INDEX consents_resident_id_purpose_key ON consents (resident_id, purpose) WHERE withdrawn_at IS NULL;
