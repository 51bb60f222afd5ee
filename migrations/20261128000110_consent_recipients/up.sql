-- A consent to be shown to others 向第三方提供 names to whom: one is told whom one's data is given to, and agrees to that one alone
-- (个人信息保护法 art. 23). Those of before named nobody, and none of them can be known to mean whoever holds a grant: they end, and
-- people are asked anew.
ALTER TABLE consents ADD COLUMN recipient_id UUID CONSTRAINT consents_recipient_id_fkey REFERENCES organisations (id);
UPDATE consents SET withdrawn_at = now() WHERE purpose = 'third_party_sharing' AND withdrawn_at IS NULL;
ALTER TABLE consents ADD CONSTRAINT consents_recipient_check CHECK (
    CASE purpose WHEN 'third_party_sharing' THEN recipient_id IS NOT NULL OR withdrawn_at IS NOT NULL ELSE recipient_id IS NULL END);

-- One may agree to several recipients, to each once.
DROP INDEX consents_account_id_purpose_key;
DROP INDEX consents_resident_id_purpose_key;
CREATE UNIQUE INDEX consents_account_id_purpose_recipient_id_key ON consents (account_id, purpose, recipient_id) NULLS NOT DISTINCT
    WHERE withdrawn_at IS NULL AND resident_id IS NULL;
CREATE UNIQUE INDEX consents_resident_id_purpose_recipient_id_key ON consents (resident_id, purpose, recipient_id) NULLS NOT DISTINCT
    WHERE withdrawn_at IS NULL AND resident_id IS NOT NULL;

-- Who agreed to a recipient, for lists of those who did. Nobody asks any more who agreed to a purpose.
CREATE INDEX consents_recipient_id_idx ON consents (recipient_id) WHERE recipient_id IS NOT NULL;
DROP INDEX consents_purpose_idx;
