DELETE FROM recognition_rules WHERE amount = 0;
ALTER TABLE recognition_rules DROP CONSTRAINT recognition_rules_amount_known_check;
ALTER TABLE recognition_rules ADD CONSTRAINT recognition_rules_amount_check CHECK (amount BETWEEN 1 AND 1000);
