select seq, at, user_id, device_id, action, object, detail, hash from audit order by seq desc limit $1
