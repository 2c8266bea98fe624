select epoch, n, hash, raw, received_at, device_id, user_id, mac from changes where document = $1 and epoch = $2 and n = $3
