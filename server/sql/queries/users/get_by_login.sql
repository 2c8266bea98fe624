select user_id, login, password_hash, disabled, failures, locked_until, temporary from users where login = $1
