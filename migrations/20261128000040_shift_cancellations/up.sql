-- Whoever signed up reads why a shift was cancelled: by itself, or with its call.
ALTER TABLE shifts ADD COLUMN cancelled_because TEXT;
ALTER TABLE shifts ADD CONSTRAINT shifts_cancelled_because_check
    CHECK (cancelled_because IS NULL OR is_cancelled AND char_length(cancelled_because) BETWEEN 1 AND 500);
