select user_id, public_keys, asked_at from waiting_keys order by asked_at, user_id
