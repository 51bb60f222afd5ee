-- Who has no account asks in the office to have a record deleted (个人信息保护法 arts. 47, 49, 50): who entered it, who asked, and what
-- was checked.
ALTER TABLE erasures ADD COLUMN entered_by UUID CONSTRAINT erasures_entered_by_fkey REFERENCES accounts (id);
ALTER TABLE erasures ADD COLUMN asked_by TEXT
    CONSTRAINT erasures_asked_by_check CHECK (asked_by IN ('person', 'guardian', 'relative'));
ALTER TABLE erasures ADD COLUMN evidence TEXT NOT NULL DEFAULT ''
    CONSTRAINT erasures_evidence_check CHECK (char_length(evidence) <= 200);
ALTER TABLE erasures ADD CONSTRAINT erasures_entered_check CHECK ((entered_by IS NULL) = (asked_by IS NULL));
ALTER TABLE erasures DROP CONSTRAINT erasures_asked_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_asked_or_entered_check
    CHECK (account_id IS NOT NULL OR entered_by IS NOT NULL OR status = 'erased');
CREATE INDEX erasures_entered_by_idx ON erasures (entered_by);
