select count(*) from recovery_codes where user_id = $1 and code_hash = $2 and not pending
