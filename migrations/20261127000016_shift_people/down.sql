DROP TRIGGER residents_shift_signups ON residents;
DROP FUNCTION shift_signups_follow_account;
DROP FUNCTION give_shift_signups;
