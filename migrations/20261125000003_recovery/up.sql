-- Ways back for who lost the second factor, accounts that are closed, terms of posts that follow one another.

-- Ten for each second factor; a used one goes. Only keyed hashes are kept.
CREATE TABLE recovery_codes (
    account_id UUID        NOT NULL CONSTRAINT recovery_codes_account_id_fkey REFERENCES accounts (id),
    hash       BYTEA       NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (account_id, hash)
);

-- A WeChat user that signs in to an account. Who it is is kept as keyed hashes only.
CREATE TABLE account_identities (
    id           UUID        NOT NULL CONSTRAINT account_identities_pkey PRIMARY KEY,
    account_id   UUID        NOT NULL CONSTRAINT account_identities_account_id_key UNIQUE
                 CONSTRAINT account_identities_account_id_fkey REFERENCES accounts (id),
    openid_hash  BYTEA       NOT NULL CONSTRAINT account_identities_openid_hash_key UNIQUE,
    unionid_hash BYTEA,
    created_at   TIMESTAMPTZ NOT NULL
);

ALTER TABLE sessions DROP CONSTRAINT sessions_end_reason_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_end_reason_known_check CHECK (end_reason IN (
    'signed_out', 'token_reused', 'password_changed', 'second_factor_reset', 'account_closed'));

-- A closed account has no number, so that the number is free for another, and no secret.
ALTER TABLE accounts ALTER COLUMN phone_hash DROP NOT NULL;
ALTER TABLE accounts ADD CONSTRAINT accounts_closed_check CHECK (
    CASE WHEN closed_at IS NULL THEN phone_hash IS NOT NULL
         ELSE phone_hash IS NULL AND phone_sealed = '' AND password_hash IS NULL AND totp_sealed IS NULL END);

-- Of one post the same person may hold several terms, which do not overlap. The ranges of text hold one value each: equality
-- in the words of an exclusion constraint, without the extension btree_gist, which an owner may not be allowed to add.
CREATE TYPE posts_seat_range AS RANGE (subtype = text, collation = "C");
DROP INDEX posts_holder_role_division_key;
ALTER TABLE posts ADD CONSTRAINT posts_term_excl EXCLUDE USING gist (
    posts_seat_range(
        account_id::text || role || division::text || coalesce(organisation_id::text, ''),
        account_id::text || role || division::text || coalesce(organisation_id::text, ''),
        '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&)
    WHERE (ended_at IS NULL);
