-- An import's report holds the bad rows as they stood in the list, so that they can be mended and sent again: whole numbers, so it is
-- sealed, kept for a week, and no file any more. Reports from before are files to the end of their week, at their address.
ALTER TABLE imports
    ADD COLUMN report_sealed BYTEA,
    ADD COLUMN report_until  TIMESTAMPTZ,
    ADD COLUMN left_out      BIGINT NOT NULL DEFAULT 0,
    ADD CONSTRAINT imports_report_check CHECK (report_sealed IS NULL OR report_until IS NOT NULL),
    DROP COLUMN report_id;
CREATE INDEX imports_report_until_idx ON imports (report_until);
