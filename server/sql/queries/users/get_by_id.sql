select user_id, login, password_hash, disabled, failures, locked_until, temporary from users where user_id = $1
