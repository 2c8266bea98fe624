insert into scope_followers (user_id, scope) values ($1, $2) on conflict (user_id, scope) do nothing
