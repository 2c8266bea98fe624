insert into devices (device_id, public_key, user_id, enrolled_at, revoked_at, rights, pulled_at, offered_rights, offered_at, offered_mark) values ($1, $2, $3, $4, 0, '', 0, '', 0, $5)
