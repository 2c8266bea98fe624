insert into scopes (scope, name, seq, set_hash) values ((select coalesce(max(scope), 0) + 1 from scopes), $1, 0, $2)
