DROP TABLE idempotency_keys, outbox, audit_seals, audit_events, signing_keys, posts, sign_in_failures, otps,
    refresh_tokens, sessions, accounts;
DROP FUNCTION audit_is_append_only;
