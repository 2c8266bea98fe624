insert into waiting_keys (user_id, public_keys, asked_at) values ($1, $2, $3)
on conflict (user_id) do update set public_keys = excluded.public_keys, asked_at = excluded.asked_at
