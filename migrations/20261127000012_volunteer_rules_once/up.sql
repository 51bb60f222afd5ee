-- A division says what holds from a day on once.

ALTER TABLE volunteer_rules
    ADD CONSTRAINT volunteer_rules_rule_key UNIQUE NULLS NOT DISTINCT (division, rule, stars, effective_from);
