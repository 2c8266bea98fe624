insert into changes (document, epoch, n, hash, raw, received_at, device_id, user_id, mac) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
