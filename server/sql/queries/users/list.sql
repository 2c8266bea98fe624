select user_id, login, disabled from users order by user_id
