insert into pictures (document, sha256, bytes, whole, received_at) values ($1, $2, $3, $4, $5)
on conflict (document, sha256) do update set bytes = excluded.bytes, whole = excluded.whole, received_at = excluded.received_at
