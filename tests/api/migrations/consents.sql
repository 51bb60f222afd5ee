-- Consents as they were before they named a recipient: to be shown to others, of an account (withdrawn, and anew) and for a record, and one
-- to something else.

INSERT INTO divisions (code, name, level, status, updated_at)
    VALUES (310113003001, '第1居委', 'committee', 'established', now());
INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-0000000000fe', '物业', 'property_company', 310113003001, now(), now()),
           ('00000000-0000-0000-0000-0000000000ff', '律所', 'law_firm', 310113003001, now(), now());
INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, created_at, updated_at)
    VALUES ('00000000-0000-0000-0001-000000000001', '', '1'::bytea, '居民', now(), now());
INSERT INTO residents (id, division, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
    VALUES ('00000000-0000-0000-0002-000000000001', 310113003001, '王小明', 'wangxiaoming', 'wxm', 'refused', 'registered_here', 'worker', now(), now());
INSERT INTO consents (id, account_id, resident_id, purpose, notice_version, is_separate, given_at, withdrawn_at)
    SELECT ('00000000-0000-0000-0003-00000000000' || n)::uuid, '00000000-0000-0000-0001-000000000001', child, purpose, 1, true, now(), withdrawn
    FROM (VALUES (1, NULL::uuid, 'third_party_sharing', now()), (2, NULL, 'third_party_sharing', NULL), (3, NULL, 'publication', NULL),
                 (4, '00000000-0000-0000-0002-000000000001', 'third_party_sharing', NULL)) AS given (n, child, purpose, withdrawn);
