-- What a team does each week 固定班次: kept with the team, and laid out when shifts are made of it.

ALTER TABLE volunteer_teams ADD COLUMN pattern JSONB NOT NULL DEFAULT '[]'
    CONSTRAINT volunteer_teams_pattern_check CHECK (jsonb_typeof(pattern) = 'array');
