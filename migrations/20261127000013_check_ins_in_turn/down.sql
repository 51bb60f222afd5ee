-- Of each person the first coming and the first going stay.
DELETE FROM check_ins k USING check_ins f
    WHERE f.event_id = k.event_id AND f.purpose = k.purpose AND f.id < k.id
      AND (f.account_id = k.account_id OR f.resident_id = k.resident_id);
DROP INDEX check_ins_account_id_turn_key;
DROP INDEX check_ins_resident_id_turn_key;
CREATE UNIQUE INDEX check_ins_event_id_purpose_account_id_key ON check_ins (event_id, purpose, account_id);
CREATE UNIQUE INDEX check_ins_event_id_purpose_resident_id_key ON check_ins (event_id, purpose, resident_id);
ALTER TABLE check_ins DROP COLUMN follows_id;
