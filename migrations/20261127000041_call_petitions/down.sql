ALTER TABLE volunteer_calls DROP COLUMN petition_id;
