update users set password_hash = $2, temporary = $3, failures = 0, locked_until = 0 where user_id = $1
