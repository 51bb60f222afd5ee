-- A criterion that no longer counts is one of no points; days of publicity and points that are enough are always some.
ALTER TABLE recognition_rules DROP CONSTRAINT recognition_rules_amount_check;
ALTER TABLE recognition_rules ADD CONSTRAINT recognition_rules_amount_known_check
    CHECK (amount BETWEEN 1 AND 1000 OR amount = 0 AND rule = 'criterion');
