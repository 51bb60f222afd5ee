-- On which basis of the law 合法性基础 people's data is shared: a duty of the grantee, or that each person agreed (个人信息保护法 arts. 13,
-- 23, 34). What was granted before was granted for duties, where the grantee can have
-- any; others see from now on who agreed.
ALTER TABLE data_grants ADD COLUMN basis TEXT NOT NULL DEFAULT 'statutory_duty'
    CONSTRAINT data_grants_basis_check CHECK (basis IN ('statutory_duty', 'consent'));
ALTER TABLE data_grants ALTER COLUMN basis DROP DEFAULT;
UPDATE data_grants SET basis = 'consent' FROM organisations o
    WHERE o.id = data_grants.grantee_id AND o.kind NOT IN ('residents_committee', 'village_committee', 'police_station', 'justice_office',
        'department', 'street_office', 'grid_centre', 'court');
-- Who agreed to something, for lists of those who did.
CREATE INDEX consents_purpose_idx ON consents (purpose) WHERE withdrawn_at IS NULL;
