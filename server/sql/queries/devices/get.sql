select device_id, public_key, user_id, revoked_at, rights, pulled_at from devices where device_id = $1
