select device_id, user_id, expires_at from tokens where token_hash = $1
