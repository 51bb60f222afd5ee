DROP INDEX signing_keys_retired_at_idx, sessions_expires_at_idx, refresh_tokens_used_at_idx, outbox_created_at_idx,
    otps_expires_at_idx;
DROP TABLE jobs;
