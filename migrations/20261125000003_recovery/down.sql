ALTER TABLE posts DROP CONSTRAINT posts_term_excl;
DROP TYPE posts_seat_range;
-- The old index knows one term only: of several the last one stays.
UPDATE posts SET ended_at = now() WHERE ended_at IS NULL AND EXISTS (
    SELECT FROM posts later
    WHERE later.ended_at IS NULL AND later.account_id = posts.account_id AND later.role = posts.role
        AND later.division = posts.division AND later.organisation_id IS NOT DISTINCT FROM posts.organisation_id
        AND later.starts_on > posts.starts_on);
CREATE UNIQUE INDEX posts_holder_role_division_key ON posts
    (account_id, role, division, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'))
    WHERE ended_at IS NULL;
ALTER TABLE accounts DROP CONSTRAINT accounts_closed_check;
UPDATE accounts SET phone_hash = uuid_send(id) WHERE phone_hash IS NULL;
ALTER TABLE accounts ALTER COLUMN phone_hash SET NOT NULL;
UPDATE sessions SET end_reason = 'password_changed' WHERE end_reason = 'second_factor_reset';
ALTER TABLE sessions DROP CONSTRAINT sessions_end_reason_known_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_end_reason_check
    CHECK (end_reason IN ('signed_out', 'token_reused', 'password_changed', 'account_closed'));
DROP TABLE account_identities, recovery_codes;
