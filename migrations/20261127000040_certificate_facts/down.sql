ALTER TABLE certificates
    DROP COLUMN handler,
    DROP COLUMN contact,
    DROP COLUMN recognitions,
    DROP COLUMN stars,
    DROP COLUMN shows_handler,
    DROP COLUMN shows_recognitions;
