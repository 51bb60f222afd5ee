-- A shift may go on for days: one comes to it and goes from it in turn, as often as one does. A coming is one with the going it follows,
-- a going with the coming: that names what is scanned twice. It has no foreign key, since that may be deleted before.

ALTER TABLE check_ins ADD COLUMN follows_id UUID;
DROP INDEX check_ins_event_id_purpose_account_id_key;
DROP INDEX check_ins_event_id_purpose_resident_id_key;
CREATE UNIQUE INDEX check_ins_account_id_turn_key ON check_ins (event_id, purpose, account_id, follows_id)
    NULLS NOT DISTINCT WHERE event_id IS NOT NULL AND account_id IS NOT NULL;
CREATE UNIQUE INDEX check_ins_resident_id_turn_key ON check_ins (event_id, purpose, resident_id, follows_id)
    NULLS NOT DISTINCT WHERE event_id IS NOT NULL AND resident_id IS NOT NULL;
