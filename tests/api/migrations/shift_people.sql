-- Sign-ups as they were before they followed the account of their record. Records and accounts are numbered; of a sign-up the first digits
-- are those of its record.

INSERT INTO divisions (code, name, level, status, updated_at)
    SELECT 310113003000 + n, '第' || n || '居委', 'committee', 'established', now() FROM generate_series(1, 4) n;
INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-0000000000ff', '第1居委', 'residents_committee', 310113003001, now(), now());
INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, created_at, updated_at)
    SELECT ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, '', n::text::bytea, '居民', now(), now()
    FROM generate_series(1, 6) n;

-- 1, 2 and 3 are one person, account 1; 4 and 5 another, account 2. 6 and 7 were bound to the wrong accounts, and changed them. 8 is bound
-- no more. 9 waits.
INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
    SELECT ('00000000-0000-0000-0002-' || lpad(record::text, 12, '0'))::uuid, 310113003000 + committee,
           ('00000000-0000-0000-0001-' || lpad(account::text, 12, '0'))::uuid,
           '居民', 'jumin', 'jm', 'refused', 'registered_here', 'worker', now(), now()
    FROM (VALUES (1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 1, 2), (5, 2, 2), (6, 1, 4), (7, 2, 3), (8, 1, NULL), (9, 1, 6))
        AS known (record, committee, account);

INSERT INTO volunteer_calls (id, division, organisation_id, title, story, skill, training, risks, is_dangerous, visibility, contact, state,
                             published_at, created_by, created_at, updated_at)
    VALUES ('00000000-0000-0000-0003-000000000001', 310113003001, '00000000-0000-0000-0000-0000000000ff', '巡逻', '', '', '', '', false,
            'public', '', 'published', now(), '00000000-0000-0000-0001-000000000001', now(), now());
-- One place each: 10 to 12, 11 to 13, 12 to 14, and the first two again for others, so that nobody is in another's way.
INSERT INTO shifts (id, call_id, division, role, place, kind, starts_at, ends_at, capacity, needs_approval, is_open, created_at, updated_at)
    SELECT ('00000000-0000-0000-0004-' || lpad(n::text, 12, '0'))::uuid, '00000000-0000-0000-0003-000000000001', 310113003001, '', '弄堂口',
           'fixed', '2026-12-06 00:00+08'::timestamptz + make_interval(hours => hour),
           '2026-12-06 02:00+08'::timestamptz + make_interval(hours => hour), 1, false, true, now(), now()
    FROM (VALUES (1, 10), (2, 11), (3, 12), (4, 10), (5, 11), (6, 10), (7, 10), (8, 10)) AS known (n, hour);

-- Whose each sign-up is by what was known when it was made: the account of then, or the record.
SELECT claim_shift_places(
    '2026-12-01 08:00+08', ARRAY[('00000000-0000-0000-0005-' || lpad(n::text, 12, '0'))::uuid],
    ARRAY[('00000000-0000-0000-0004-' || lpad(shift::text, 12, '0'))::uuid],
    ARRAY[('00000000-0000-0000-0002-' || lpad(record::text, 12, '0'))::uuid],
    ARRAY[CASE WHEN account IS NULL THEN ('00000000-0000-0000-0002-' || lpad(record::text, 12, '0'))::uuid
               ELSE ('00000000-0000-0000-0001-' || lpad(account::text, 12, '0'))::uuid END],
    ARRAY['00000000-0000-0000-0001-000000000001'::uuid], ARRAY[false], ARRAY[false])
FROM (VALUES (1, 1, 1, 1), (2, 2, 2, NULL), (3, 3, 3, NULL), (4, 4, 4, 2), (5, 5, 5, NULL), (6, 6, 6, 3), (7, 7, 7, 4), (8, 8, 8, 5),
             (9, 2, 9, 6)) AS known (n, shift, record, account);

-- Who is two people by the papers came by the later of their sign-ups.
INSERT INTO attendances (id, signup_id, shift_id, resident_id, division, kind, arrived_at, break_minutes, source, reason, created_at, updated_at)
    VALUES ('00000000-0000-0000-0006-000000000001', '00000000-0000-0000-0005-000000000005', '00000000-0000-0000-0004-000000000005',
            '00000000-0000-0000-0002-000000000005', 310113003002, 'present', '2026-12-06 11:00+08', 0, 'code', '', now(), now());
