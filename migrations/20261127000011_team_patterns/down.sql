ALTER TABLE volunteer_teams DROP COLUMN pattern;
