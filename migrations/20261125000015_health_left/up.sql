-- Of who has left health is shown no more: kept for a month in case it was a mistake, then deleted.
ALTER TABLE resident_health ADD COLUMN left_at TIMESTAMPTZ;
CREATE INDEX resident_health_left_at_idx ON resident_health (left_at);
