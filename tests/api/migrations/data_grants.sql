-- Grants as they were before they said on which basis: two to an organ of the state, one to a company.

INSERT INTO divisions (code, name, level, status, updated_at)
    VALUES (310113003001, '第1居委', 'committee', 'established', now());
INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-0000000000ff', '民政局', 'department', 310113003001, now(), now()),
           ('00000000-0000-0000-0000-0000000000fe', '物业', 'property_company', 310113003001, now(), now());
INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, created_at, updated_at)
    VALUES ('00000000-0000-0000-0001-000000000001', '', '1'::bytea, '街道', now(), now());
INSERT INTO data_grants (id, dataset, fields, purpose, reason, grantee_id, division, granted_by, granted_at, expires_at)
    SELECT ('00000000-0000-0000-0002-' || lpad(n::text, 12, '0'))::uuid, 'residents', '{name}', 'service', '津贴核对',
           ('00000000-0000-0000-0000-0000000000f' || CASE n WHEN 3 THEN 'e' ELSE 'f' END)::uuid, 310113003001, '00000000-0000-0000-0001-000000000001', now(), now() + interval '30 days'
    FROM generate_series(1, 3) n;
