update users set failures = $2, locked_until = $3 where user_id = $1
