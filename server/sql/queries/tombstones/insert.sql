insert into tombstones (document, at, why) values ($1, $2, $3) on conflict (document) do nothing
