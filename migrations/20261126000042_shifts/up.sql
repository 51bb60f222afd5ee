-- Shifts 班次 of a call, who signed up for them 报名, and what happened to each place.

CREATE TABLE shifts (
    id              UUID        NOT NULL CONSTRAINT shifts_pkey PRIMARY KEY,
    call_id         UUID        NOT NULL CONSTRAINT shifts_call_id_fkey REFERENCES volunteer_calls (id),
    division        BIGINT      NOT NULL CONSTRAINT shifts_division_fkey REFERENCES divisions (code),
    role            TEXT        NOT NULL CONSTRAINT shifts_role_check CHECK (char_length(role) <= 60),
    place           TEXT        NOT NULL CONSTRAINT shifts_place_check CHECK (char_length(place) BETWEEN 1 AND 200),
    -- One is there from the beginning to the end; or some time between them; or from the beginning on, as one can.
    kind            TEXT        NOT NULL CONSTRAINT shifts_kind_check CHECK (kind IN ('fixed', 'flexible', 'open_ended')),
    starts_at       TIMESTAMPTZ NOT NULL,
    ends_at         TIMESTAMPTZ,
    capacity        INTEGER     NOT NULL CONSTRAINT shifts_capacity_check CHECK (capacity BETWEEN 1 AND 10000),
    -- How many have a place, and how many wait for one: written with the sign-ups, by the functions below alone.
    taken           INTEGER     NOT NULL DEFAULT 0,
    waiting         INTEGER     NOT NULL DEFAULT 0,
    -- How often something happened to its places.
    turn            BIGINT      NOT NULL DEFAULT 0,
    needs_approval  BOOLEAN     NOT NULL,
    withdraw_until  TIMESTAMPTZ,
    -- Until then places are for the building group that organises it, or for residents of the call's range.
    own_first_until TIMESTAMPTZ,
    is_cancelled    BOOLEAN     NOT NULL DEFAULT false,
    -- Whether its places can be taken: the call is published, and the shift is not cancelled.
    is_open         BOOLEAN     NOT NULL,
    version         BIGINT      NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL,
    updated_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT shifts_ends_at_check CHECK (ends_at > starts_at),
    CONSTRAINT shifts_ended_check CHECK ((kind = 'open_ended') = (ends_at IS NULL)),
    CONSTRAINT shifts_taken_check CHECK (taken BETWEEN 0 AND capacity),
    -- No place is free while somebody waits.
    CONSTRAINT shifts_waiting_check CHECK (waiting = 0 OR waiting > 0 AND taken = capacity),
    CONSTRAINT shifts_open_check CHECK (NOT (is_open AND is_cancelled))
);
CREATE INDEX shifts_call_id_idx ON shifts (call_id, starts_at, id);
CREATE INDEX shifts_division_idx ON shifts (division, id);

CREATE TABLE shift_signups (
    id            UUID        NOT NULL CONSTRAINT shift_signups_pkey PRIMARY KEY,
    shift_id      UUID        NOT NULL CONSTRAINT shift_signups_shift_id_fkey REFERENCES shifts (id),
    resident_id   UUID        NOT NULL CONSTRAINT shift_signups_resident_id_fkey REFERENCES residents (id),
    -- The person, whichever of their records they come by: the account that the record is bound to, else the record.
    person_id     UUID        NOT NULL,
    -- Who signed up: the person, or the guardian of a child.
    account_id    UUID        NOT NULL CONSTRAINT shift_signups_account_id_fkey REFERENCES accounts (id),
    -- The turn of the shift in which it came: the order of the waiting line.
    turn          BIGINT      NOT NULL,
    state         TEXT        NOT NULL CONSTRAINT shift_signups_state_check
                  CHECK (state IN ('requested', 'held', 'waiting', 'withdrawn', 'refused', 'cancelled')),
    -- When the person is busy with it; null where the hours are theirs to choose.
    busy_from     TIMESTAMPTZ,
    busy_until    TIMESTAMPTZ,
    -- A minor of 14 or older asked for themselves: a guardian must agree before they get a place.
    needs_consent BOOLEAN     NOT NULL,
    consent_by    TEXT        CONSTRAINT shift_signups_consent_by_check CHECK (consent_by IN ('in_person', 'phone', 'paper')),
    decided_by    UUID        CONSTRAINT shift_signups_decided_by_fkey REFERENCES accounts (id),
    decided_at    TIMESTAMPTZ,
    reason        TEXT        CONSTRAINT shift_signups_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    moved_up_at   TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    CONSTRAINT shift_signups_shift_id_turn_key UNIQUE (shift_id, turn),
    CONSTRAINT shift_signups_consent_check CHECK (NOT needs_consent OR consent_by IS NOT NULL OR state NOT IN ('held', 'waiting')),
    -- Nobody is in two places at a time. As with homes, ranges of one point, the hash, stand in for equality.
    CONSTRAINT shift_signups_overlap_excl EXCLUDE USING gist (
        int8range(uuid_hash_extended(person_id, 0) >> 1, uuid_hash_extended(person_id, 0) >> 1, '[]') WITH &&,
        tstzrange(busy_from, busy_until) WITH &&)
        WHERE (busy_from IS NOT NULL AND state IN ('requested', 'held', 'waiting'))
);
CREATE UNIQUE INDEX shift_signups_active_key ON shift_signups (shift_id, resident_id)
    WHERE state IN ('requested', 'held', 'waiting');
CREATE UNIQUE INDEX shift_signups_person_key ON shift_signups (shift_id, person_id)
    WHERE state IN ('requested', 'held', 'waiting');
CREATE INDEX shift_signups_person_id_idx ON shift_signups (person_id, busy_until);
CREATE INDEX shift_signups_waiting_idx ON shift_signups (shift_id, turn) WHERE state = 'waiting';
CREATE INDEX shift_signups_resident_id_idx ON shift_signups (resident_id, id);
CREATE INDEX shift_signups_account_id_idx ON shift_signups (account_id);
CREATE INDEX shift_signups_decided_by_idx ON shift_signups (decided_by);

-- What happened to the places of a shift, one line each, in order: replayed, it gives the numbers above.
CREATE TABLE shift_events (
    shift_id  UUID        NOT NULL CONSTRAINT shift_events_shift_id_fkey REFERENCES shifts (id),
    turn      BIGINT      NOT NULL,
    signup_id UUID        CONSTRAINT shift_events_signup_id_fkey REFERENCES shift_signups (id),
    event     TEXT        NOT NULL CONSTRAINT shift_events_event_check CHECK (event IN (
                  'requested', 'held', 'waiting', 'moved_up', 'withdrawn', 'refused', 'cancelled', 'resized')),
    capacity  INTEGER     NOT NULL,
    taken     INTEGER     NOT NULL,
    waiting   INTEGER     NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    CONSTRAINT shift_events_pkey PRIMARY KEY (shift_id, turn),
    CONSTRAINT shift_events_signup_check CHECK ((event = 'resized') = (signup_id IS NULL))
);
CREATE INDEX shift_events_signup_id_idx ON shift_events (signup_id);

-- Takes places for many in one statement, each shift locked once, in the order of their ids; within a shift, in the order asked.
-- Answers those that were written: who is not among them was there before, is busy elsewhere, or came too late.
CREATE FUNCTION claim_shift_places(
    at_moment TIMESTAMPTZ, ids UUID[], shift_ids UUID[], records UUID[], people UUID[], callers UUID[], asks BOOLEAN[], consents BOOLEAN[]
) RETURNS TABLE (signup UUID, became TEXT, ahead INTEGER) LANGUAGE plpgsql AS $$
DECLARE
    s   shifts;
    one RECORD;
BEGIN
    FOR one IN
        SELECT u.* FROM unnest(ids, shift_ids, records, people, callers, asks, consents)
            WITH ORDINALITY AS u (id, shift, record, person, caller, asks, consents, n) ORDER BY u.shift, u.n
    LOOP
        IF s.id IS DISTINCT FROM one.shift THEN
            UPDATE shifts SET taken = s.taken, waiting = s.waiting, turn = s.turn WHERE shifts.id = s.id;
            SELECT * INTO s FROM shifts WHERE shifts.id = one.shift FOR NO KEY UPDATE;
        END IF;
        CONTINUE WHEN s.is_open IS NOT TRUE OR s.ends_at <= at_moment OR s.kind = 'fixed' AND s.starts_at <= at_moment;
        became := CASE WHEN one.asks THEN 'requested' WHEN s.taken < s.capacity THEN 'held' ELSE 'waiting' END;
        INSERT INTO shift_signups (id, shift_id, resident_id, person_id, account_id, turn, state, busy_from, busy_until, needs_consent,
                                   created_at, updated_at)
            VALUES (one.id, s.id, one.record, one.person, one.caller, s.turn + 1, became,
                    CASE WHEN s.kind = 'fixed' THEN s.starts_at END, CASE WHEN s.kind = 'fixed' THEN s.ends_at END,
                    one.consents, at_moment, at_moment)
            ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
        s.turn := s.turn + 1;
        IF became = 'held' THEN
            s.taken := s.taken + 1;
        ELSIF became = 'waiting' THEN
            s.waiting := s.waiting + 1;
        END IF;
        INSERT INTO shift_events (shift_id, turn, signup_id, event, capacity, taken, waiting, at)
            VALUES (s.id, s.turn, one.id, became, s.capacity, s.taken, s.waiting, at_moment);
        signup := one.id;
        ahead := CASE WHEN became = 'waiting' THEN s.waiting END;
        RETURN NEXT;
    END LOOP;
    UPDATE shifts SET taken = s.taken, waiting = s.waiting, turn = s.turn WHERE shifts.id = s.id;
END $$;

-- One sign-up is decided or ends, or the shift gets another size; whoever waits longest moves up into what is free. Answers what
-- became of whom. A sign-up that is no more is left as it is.
CREATE FUNCTION change_shift_places(at_moment TIMESTAMPTZ, which UUID, whose UUID, final TEXT, size INTEGER)
    RETURNS TABLE (signup UUID, became TEXT) LANGUAGE plpgsql AS $$
DECLARE
    s      shifts;
    before TEXT;
BEGIN
    SELECT * INTO s FROM shifts WHERE shifts.id = which FOR NO KEY UPDATE;
    IF whose IS NULL THEN
        s.capacity := size;
    ELSE
        SELECT state INTO before FROM shift_signups
            WHERE shift_signups.id = whose AND shift_id = which AND state IN ('requested', 'held', 'waiting') FOR NO KEY UPDATE;
        IF before IS NULL OR final = 'approved' AND before <> 'requested' THEN
            RETURN;
        END IF;
        s.taken := s.taken - (before = 'held')::int;
        s.waiting := s.waiting - (before = 'waiting')::int;
        became := CASE WHEN final <> 'approved' THEN final WHEN s.taken < s.capacity THEN 'held' ELSE 'waiting' END;
        s.taken := s.taken + (became = 'held')::int;
        s.waiting := s.waiting + (became = 'waiting')::int;
    END IF;
    s.turn := s.turn + 1;
    IF whose IS NOT NULL THEN
        -- Who is approved stands behind those who were there before.
        UPDATE shift_signups SET state = became, updated_at = at_moment,
                turn = CASE WHEN final = 'approved' THEN s.turn ELSE shift_signups.turn END
            WHERE shift_signups.id = whose;
        signup := whose;
        RETURN NEXT;
    END IF;
    INSERT INTO shift_events (shift_id, turn, signup_id, event, capacity, taken, waiting, at)
        VALUES (s.id, s.turn, whose, coalesce(became, 'resized'), s.capacity, s.taken, s.waiting, at_moment);
    became := 'held';
    WHILE s.taken < s.capacity AND s.waiting > 0 LOOP
        SELECT shift_signups.id INTO signup FROM shift_signups
            WHERE shift_id = which AND state = 'waiting' ORDER BY shift_signups.turn LIMIT 1;
        UPDATE shift_signups SET state = 'held', moved_up_at = at_moment, updated_at = at_moment WHERE shift_signups.id = signup;
        s.turn := s.turn + 1;
        s.taken := s.taken + 1;
        s.waiting := s.waiting - 1;
        INSERT INTO shift_events (shift_id, turn, signup_id, event, capacity, taken, waiting, at)
            VALUES (s.id, s.turn, signup, 'moved_up', s.capacity, s.taken, s.waiting, at_moment);
        RETURN NEXT;
    END LOOP;
    UPDATE shifts SET capacity = s.capacity, taken = s.taken, waiting = s.waiting, turn = s.turn WHERE shifts.id = s.id;
END $$;

-- A shift is cancelled, and everybody with it. Answers who was signed up.
CREATE FUNCTION cancel_shift(at_moment TIMESTAMPTZ, which UUID) RETURNS TABLE (signup UUID) LANGUAGE plpgsql AS $$
DECLARE
    s shifts;
BEGIN
    SELECT * INTO s FROM shifts WHERE shifts.id = which FOR NO KEY UPDATE;
    FOR signup IN
        UPDATE shift_signups SET state = 'cancelled', updated_at = at_moment
            WHERE shift_id = which AND state IN ('requested', 'held', 'waiting') RETURNING shift_signups.id
    LOOP
        s.turn := s.turn + 1;
        INSERT INTO shift_events (shift_id, turn, signup_id, event, capacity, taken, waiting, at)
            VALUES (s.id, s.turn, signup, 'cancelled', s.capacity, 0, 0, at_moment);
        RETURN NEXT;
    END LOOP;
    UPDATE shifts SET taken = 0, waiting = 0, turn = s.turn, is_cancelled = true, is_open = false WHERE shifts.id = s.id;
END $$;
