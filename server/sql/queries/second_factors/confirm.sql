update second_factors set secret = pending, pending = $2, last_step = 0 where user_id = $1
