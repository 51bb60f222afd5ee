DROP INDEX audit_events_application_id_idx;
ALTER TABLE audit_events DROP COLUMN application_id;
DROP TABLE application_secrets;
DROP TABLE applications;
