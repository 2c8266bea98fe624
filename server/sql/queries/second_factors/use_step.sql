update second_factors set last_step = $2 where user_id = $1 and last_step < $2
