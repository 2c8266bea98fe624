delete from tokens where user_id = $1
