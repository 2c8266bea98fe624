select scope, name, seq, set_hash from scopes order by scope
