-- Which petition 诉求 a call for volunteers answers: what somebody asked for is done by neighbours.

ALTER TABLE volunteer_calls
    ADD COLUMN petition_id UUID CONSTRAINT volunteer_calls_petition_id_fkey REFERENCES petitions (id);
CREATE INDEX volunteer_calls_petition_id_idx ON volunteer_calls (petition_id);
