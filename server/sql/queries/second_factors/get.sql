select secret, pending, last_step from second_factors where user_id = $1
