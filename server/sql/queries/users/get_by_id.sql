select user_id, login, password_hash, disabled, failures, locked_until from users where user_id = $1
