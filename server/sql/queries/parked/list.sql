select hash, raw, device_id, user_id, why, at from parked where document = $1 order by at, hash
