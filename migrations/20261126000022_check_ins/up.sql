-- Check-ins 签到: who was where for what. They are movement tracks 行踪轨迹, kept 30 days. Those whose account is bound to a record of the
-- committee are named by both.
CREATE TABLE check_ins (
    id            UUID        NOT NULL CONSTRAINT check_ins_pkey PRIMARY KEY,
    division      BIGINT      NOT NULL CONSTRAINT check_ins_division_fkey REFERENCES divisions (code),
    purpose       TEXT        NOT NULL CONSTRAINT check_ins_purpose_check CHECK (purpose IN (
                      'shift_in', 'shift_out', 'meeting', 'training', 'venue_visit', 'enrolment')),
    event_id      UUID,
    venue_id      UUID,
    account_id    UUID        CONSTRAINT check_ins_account_id_fkey REFERENCES accounts (id),
    resident_id   UUID        CONSTRAINT check_ins_resident_id_fkey REFERENCES residents (id),
    recorded_by   UUID        CONSTRAINT check_ins_recorded_by_fkey REFERENCES accounts (id),
    is_offline    BOOLEAN     NOT NULL,
    scanned_at    TIMESTAMPTZ,
    checked_in_at TIMESTAMPTZ NOT NULL,
    recorded_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT check_ins_person_check CHECK (account_id IS NOT NULL OR resident_id IS NOT NULL),
    CONSTRAINT check_ins_event_check CHECK (event_id IS NOT NULL OR purpose IN ('venue_visit', 'enrolment'))
);
-- A person checks in once for one thing; a visit to a venue is for no event, and comes as often as it comes.
CREATE UNIQUE INDEX check_ins_event_id_purpose_account_id_key ON check_ins (event_id, purpose, account_id);
CREATE UNIQUE INDEX check_ins_event_id_purpose_resident_id_key ON check_ins (event_id, purpose, resident_id);
CREATE INDEX check_ins_division_id_idx ON check_ins (division, id);
CREATE INDEX check_ins_account_id_idx ON check_ins (account_id, id);
CREATE INDEX check_ins_resident_id_idx ON check_ins (resident_id);
CREATE INDEX check_ins_recorded_by_idx ON check_ins (recorded_by);
CREATE INDEX check_ins_checked_in_at_idx ON check_ins (checked_in_at);

-- Codes that were used: a nonce of our own, or the keyed hash of a code of others. It names a check-in without a foreign key, since that
-- may be deleted before.
CREATE TABLE code_uses (
    nonce       BYTEA       NOT NULL CONSTRAINT code_uses_pkey PRIMARY KEY,
    check_in_id UUID        NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX code_uses_expires_at_idx ON code_uses (expires_at);
