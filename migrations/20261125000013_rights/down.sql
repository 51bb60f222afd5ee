DROP TABLE guardians;
DROP TABLE erasures;
DROP TABLE corrections;
DROP TABLE consents;
DROP TABLE residency_attempts;
DROP TABLE residencies;
DROP INDEX residents_division_account_id_key;
-- What was emptied or kept by law can't be told by the words of before: as long as such records are, this refuses.
ALTER TABLE residents DROP CONSTRAINT residents_status_known_check;
ALTER TABLE residents ADD CONSTRAINT residents_status_check
    CHECK (status IN ('present', 'departed', 'deceased', 'merged'));
