-- Enrolments 扫码录入: whose code a worker scanned to begin or fill a record of the archive, and under which privacy notice the person
-- showed it. The id is that of the check-in by which the code was used up.
CREATE TABLE enrolments (
    id             UUID        NOT NULL CONSTRAINT enrolments_pkey PRIMARY KEY,
    division       BIGINT      NOT NULL CONSTRAINT enrolments_division_fkey REFERENCES divisions (code),
    resident_id    UUID        NOT NULL CONSTRAINT enrolments_resident_id_fkey REFERENCES residents (id),
    issuer         TEXT        NOT NULL,
    outcome        TEXT        NOT NULL CONSTRAINT enrolments_outcome_check CHECK (outcome IN ('created', 'refreshed', 'unchanged')),
    notice_version INTEGER     NOT NULL,
    enrolled_by    UUID        NOT NULL CONSTRAINT enrolments_enrolled_by_fkey REFERENCES accounts (id),
    created_at     TIMESTAMPTZ NOT NULL
);
CREATE INDEX enrolments_division_id_idx ON enrolments (division, id);
CREATE INDEX enrolments_resident_id_idx ON enrolments (resident_id);
CREATE INDEX enrolments_enrolled_by_idx ON enrolments (enrolled_by);
