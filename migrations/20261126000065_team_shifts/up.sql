-- Shifts of a team: made ahead week by week, and for its members first.

ALTER TABLE shifts ADD COLUMN team_id UUID CONSTRAINT shifts_team_id_fkey REFERENCES volunteer_teams (id);
CREATE INDEX shifts_team_id_idx ON shifts (team_id);
