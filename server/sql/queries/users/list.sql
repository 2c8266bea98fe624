select u.user_id, u.login, u.disabled, exists (select 1 from second_factors f where f.user_id = u.user_id and length(f.secret) > 0) from users u order by u.user_id
