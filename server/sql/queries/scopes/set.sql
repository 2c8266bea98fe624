update scopes set seq = $2, set_hash = $3 where scope = $1
