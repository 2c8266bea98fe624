insert into users (user_id, login, password_hash, created_at, disabled, failures, locked_until, temporary) values ($1, $2, $3, $4, false, 0, 0, $5)
