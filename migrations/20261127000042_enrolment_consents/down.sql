DELETE FROM consents WHERE purpose = 'enrolment';
ALTER TABLE consents DROP CONSTRAINT consents_purpose_known_check;
ALTER TABLE consents ADD CONSTRAINT consents_purpose_check CHECK (purpose IN (
    'notifications', 'volunteering', 'health', 'movement_track', 'third_party_sharing', 'publication'));
