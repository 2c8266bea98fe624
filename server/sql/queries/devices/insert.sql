insert into devices (device_id, public_key, user_id, enrolled_at, revoked_at, rights, pulled_at) values ($1, $2, $3, $4, 0, $5, 0)
