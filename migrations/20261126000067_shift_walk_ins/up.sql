-- Somebody who stands at the door takes a place that is free, though the shift may have begun. Answers what became of it: `held`, or
-- what was in the way: `closed`, `full`, or `busy` elsewhere.
CREATE FUNCTION claim_shift_place_at_door(
    at_moment TIMESTAMPTZ, id UUID, which UUID, record UUID, person UUID, consent TEXT, decider UUID
) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    s shifts;
BEGIN
    SELECT * INTO s FROM shifts WHERE shifts.id = which FOR NO KEY UPDATE;
    IF s.is_open IS NOT TRUE OR s.ends_at <= at_moment THEN
        RETURN 'closed';
    ELSIF s.taken >= s.capacity THEN
        RETURN 'full';
    END IF;
    INSERT INTO shift_signups (id, shift_id, resident_id, person_id, account_id, turn, state, busy_from, busy_until, needs_consent, consent_by,
                               decided_by, decided_at, created_at, updated_at)
        VALUES (id, s.id, record, person, person, s.turn + 1, 'held',
                CASE WHEN s.kind = 'fixed' THEN s.starts_at END, CASE WHEN s.kind = 'fixed' THEN s.ends_at END,
                consent IS NOT NULL, consent, decider, at_moment, at_moment, at_moment)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'busy';
    END IF;
    INSERT INTO shift_events (shift_id, turn, signup_id, event, capacity, taken, waiting, at)
        VALUES (s.id, s.turn + 1, id, 'held', s.capacity, s.taken + 1, s.waiting, at_moment);
    UPDATE shifts SET taken = s.taken + 1, turn = s.turn + 1 WHERE shifts.id = s.id;
    RETURN 'held';
END $$;
