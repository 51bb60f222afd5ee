DROP TABLE volunteer_team_activations;
DROP TABLE volunteer_team_members;
DROP TABLE volunteer_teams;
