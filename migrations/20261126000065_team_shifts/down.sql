ALTER TABLE shifts DROP COLUMN team_id;
