insert into settings (version, packed, signature, published_at, published_by) values ($1, $2, $3, $4, $5)
