-- Who wrote down that somebody went, beside who wrote down that they came: neither answers a dispute of it.
ALTER TABLE attendances
    ADD COLUMN left_noted_by UUID CONSTRAINT attendances_left_noted_by_fkey REFERENCES accounts (id);
CREATE INDEX attendances_left_noted_by_idx ON attendances (left_noted_by);
