-- Whoever asked for something of their own takes it back until it is decided.
ALTER TABLE residencies DROP CONSTRAINT residencies_status_check;
ALTER TABLE residencies ADD CONSTRAINT residencies_status_known_check
    CHECK (status IN ('pending', 'verified', 'refused', 'superseded', 'withdrawn'));
ALTER TABLE corrections DROP CONSTRAINT corrections_status_check;
ALTER TABLE corrections ADD CONSTRAINT corrections_status_known_check
    CHECK (status IN ('pending', 'accepted', 'refused', 'withdrawn'));
ALTER TABLE erasures DROP CONSTRAINT erasures_status_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_status_known_check
    CHECK (status IN ('pending', 'erased', 'sealed_by_law', 'refused', 'withdrawn'));
