-- Where a call happens, for maps of what is open nearby. WGS84.

ALTER TABLE volunteer_calls
    ADD COLUMN longitude DOUBLE PRECISION CONSTRAINT volunteer_calls_longitude_check CHECK (longitude BETWEEN 72 AND 138),
    ADD COLUMN latitude  DOUBLE PRECISION CONSTRAINT volunteer_calls_latitude_check CHECK (latitude BETWEEN 0 AND 56),
    ADD CONSTRAINT volunteer_calls_coordinates_check CHECK ((longitude IS NULL) = (latitude IS NULL));
CREATE INDEX volunteer_calls_place_idx ON volunteer_calls (latitude, longitude) WHERE visibility = 'public' AND state = 'published';
