-- What else a certificate of volunteering tells (民政部令第67号): who made it out and how they are asked, and what the holder had been
-- honoured with by then, as it stood on that day. Of those issued before, nobody knows.

ALTER TABLE certificates
    -- 经办人: who wrote the last of the stays down, by their name of that day; nobody, where codes alone did.
    ADD COLUMN handler            TEXT    CONSTRAINT certificates_handler_check CHECK (char_length(handler) BETWEEN 1 AND 60),
    ADD COLUMN contact            TEXT    NOT NULL DEFAULT '' CONSTRAINT certificates_contact_check CHECK (char_length(contact) <= 500),
    -- 表彰奖励, as text, since a title may be taken back later.
    ADD COLUMN recognitions       TEXT    NOT NULL DEFAULT '' CONSTRAINT certificates_recognitions_check CHECK (char_length(recognitions) <= 8000),
    ADD COLUMN stars              INTEGER CONSTRAINT certificates_stars_check CHECK (stars BETWEEN 0 AND 5),
    ADD COLUMN shows_handler      BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN shows_recognitions BOOLEAN NOT NULL DEFAULT false;
