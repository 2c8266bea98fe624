insert into parked (document, hash, raw, device_id, user_id, why, at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (document, hash) do nothing
