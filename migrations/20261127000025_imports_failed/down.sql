-- What is gone stays gone; there is nothing to take back.
SELECT 1;
