-- What was taken back ended without being decided: the nearest of the older words.
UPDATE erasures SET status = 'refused' WHERE status = 'withdrawn';
ALTER TABLE erasures DROP CONSTRAINT erasures_status_known_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_status_check
    CHECK (status IN ('pending', 'erased', 'sealed_by_law', 'refused'));
UPDATE corrections SET status = 'refused' WHERE status = 'withdrawn';
ALTER TABLE corrections DROP CONSTRAINT corrections_status_known_check;
ALTER TABLE corrections ADD CONSTRAINT corrections_status_check
    CHECK (status IN ('pending', 'accepted', 'refused'));
UPDATE residencies SET status = 'superseded' WHERE status = 'withdrawn';
ALTER TABLE residencies DROP CONSTRAINT residencies_status_known_check;
ALTER TABLE residencies ADD CONSTRAINT residencies_status_check
    CHECK (status IN ('pending', 'verified', 'refused', 'superseded'));
