DROP INDEX imports_report_until_idx;
ALTER TABLE imports
    ADD COLUMN report_id UUID CONSTRAINT imports_report_id_fkey REFERENCES files (id) ON DELETE SET NULL,
    DROP CONSTRAINT imports_report_check,
    DROP COLUMN left_out,
    DROP COLUMN report_until,
    DROP COLUMN report_sealed;
CREATE INDEX imports_report_id_idx ON imports (report_id);
