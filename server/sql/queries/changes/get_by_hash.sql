select epoch, n, received_at, device_id, user_id, mac from changes where document = $1 and hash = $2
