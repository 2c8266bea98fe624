select s.scope, s.name, s.seq, s.set_hash from scope_followers f join scopes s on s.scope = f.scope where f.user_id = $1 order by s.scope
