-- Records stayed bound to accounts that were closed, and were shown as verified. Now they are freed with the account; these are those
-- of before.
UPDATE residents SET account_id = NULL, version = version + 1, updated_at = now()
    WHERE account_id IN (SELECT id FROM accounts WHERE closed_at IS NOT NULL);
