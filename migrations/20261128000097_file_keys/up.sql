-- Tables that people send or ask for are lists of people with their numbers: they lie sealed in the store, each under a key of its own,
-- and that key lies here, sealed. Files from before have none and stay as they are until they go.
ALTER TABLE files ADD COLUMN key_sealed BYTEA;
