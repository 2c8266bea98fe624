insert into recovery_codes (user_id, code_hash, pending) values ($1, $2, true)
