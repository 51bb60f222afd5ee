-- When it was written down that somebody went: whoever does so after it was disputed puts right what others recorded. Of what was written
-- before this it is not known, and taken to be before.
ALTER TABLE attendances ADD COLUMN left_noted_at TIMESTAMPTZ;
