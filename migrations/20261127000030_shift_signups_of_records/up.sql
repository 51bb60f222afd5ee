-- Whose sign-ups are is said of several records at once, so that a merge, which makes one record of two, decides clashes as every other
-- change of an account does.

-- Says whose the sign-ups of these records are. Of two of that person at one time the one by which nobody came is withdrawn, or else the
-- later made, and who waits moves up.
CREATE FUNCTION give_shift_signups(at_moment TIMESTAMPTZ, records UUID[], person UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    given_up UUID;
    given_up_shift UUID;
BEGIN
    PERFORM shifts.id FROM shifts WHERE shifts.id IN (
        SELECT shift_id FROM shift_signups
            WHERE (resident_id = ANY (records) OR person_id = person) AND state IN ('requested', 'held', 'waiting'))
        ORDER BY shifts.id FOR NO KEY UPDATE;
    LOOP
        SELECT one.id, one.shift_id INTO given_up, given_up_shift FROM shift_signups a JOIN shift_signups b
            ON a.id < b.id AND (a.shift_id = b.shift_id OR a.busy_from < b.busy_until AND b.busy_from < a.busy_until),
            LATERAL (SELECT s.id, s.shift_id FROM shift_signups s WHERE s.id IN (a.id, b.id) ORDER BY EXISTS (
                SELECT FROM attendances t WHERE t.signup_id = s.id AND t.kind = 'present'), s.id DESC LIMIT 1) one
            WHERE (a.resident_id = ANY (records) OR a.person_id = person) AND a.state IN ('requested', 'held', 'waiting')
                AND (b.resident_id = ANY (records) OR b.person_id = person) AND b.state IN ('requested', 'held', 'waiting')
            ORDER BY b.id LIMIT 1;
        EXIT WHEN NOT FOUND;
        PERFORM change_shift_places(at_moment, given_up_shift, given_up, 'withdrawn', NULL);
    END LOOP;
    UPDATE shift_signups SET person_id = person WHERE resident_id = ANY (records) AND person_id <> person;
END $$;

CREATE OR REPLACE FUNCTION shift_signups_follow_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM give_shift_signups(NEW.updated_at, ARRAY[NEW.id], coalesce(NEW.account_id, NEW.id));
    RETURN NULL;
END $$;
DROP FUNCTION give_shift_signups(TIMESTAMPTZ, UUID, UUID);
