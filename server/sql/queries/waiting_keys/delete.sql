delete from waiting_keys where user_id = $1
