-- Statistics and calendars are of some days of a place, and do not read all that ever was.
CREATE INDEX volunteer_hours_division_worked_on_idx ON volunteer_hours (division, worked_on);
CREATE INDEX shifts_division_starts_at_idx ON shifts (division, starts_at);
