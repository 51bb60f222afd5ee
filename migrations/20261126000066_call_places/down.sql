DROP INDEX volunteer_calls_place_idx;
ALTER TABLE volunteer_calls
    DROP CONSTRAINT volunteer_calls_coordinates_check,
    DROP COLUMN longitude,
    DROP COLUMN latitude;
