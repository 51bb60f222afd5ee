-- With it PostgreSQL counts the account of a record among its keys: a change of it alone waits for who holds the record FOR KEY SHARE,
-- as each row does that refers to it. So a sign-up holds whose the record is, and stands in the way of no other change. It may not be
-- partial: such an index makes no key.

CREATE UNIQUE INDEX residents_id_account_id_key ON residents (id, account_id);
