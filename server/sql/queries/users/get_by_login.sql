select user_id, login, password_hash, disabled, failures, locked_until from users where login = $1
