-- Enrolment 扫码录入 is agreed to by showing the code: whoever has an account reads that among their consents, and takes it back there.

ALTER TABLE consents DROP CONSTRAINT consents_purpose_check;
ALTER TABLE consents ADD CONSTRAINT consents_purpose_known_check CHECK (purpose IN (
    'notifications', 'volunteering', 'health', 'movement_track', 'third_party_sharing', 'publication', 'enrolment'));
