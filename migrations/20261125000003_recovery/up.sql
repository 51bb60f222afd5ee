-- Terms of posts that follow one another.

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
