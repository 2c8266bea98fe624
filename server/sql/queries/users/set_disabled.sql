update users set disabled = $2 where user_id = $1
