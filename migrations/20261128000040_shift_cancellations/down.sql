ALTER TABLE shifts DROP COLUMN cancelled_because;
