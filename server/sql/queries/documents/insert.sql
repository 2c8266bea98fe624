insert into documents (document, record, author, author_device, epoch, n, created_at, set_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)
