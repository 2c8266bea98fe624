select scope, seq, set_hash from scopes where name = $1
