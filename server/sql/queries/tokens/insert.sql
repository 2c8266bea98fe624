insert into tokens (token_hash, device_id, user_id, expires_at) values ($1, $2, $3, $4)
