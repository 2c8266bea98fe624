insert into audit (seq, at, user_id, device_id, action, object, detail, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)
