insert into documents (document, record, author, author_device, epoch, n, created_at, set_hash, has_left, is_personal) values ($1, $2, $3, $4, $5, $6, $7, $8, false, false)
