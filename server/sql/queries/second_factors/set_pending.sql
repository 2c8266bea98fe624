insert into second_factors (user_id, secret, pending, last_step) values ($1, $2, $3, 0)
on conflict (user_id) do update set pending = excluded.pending
