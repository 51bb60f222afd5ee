-- Whose account is closed has no record; there is nothing to take back.
SELECT 1;
