select device_id, public_key, user_id, revoked_at, rights, pulled_at, offered_rights, offered_at, offered_mark, enrolled_at, app, seen_at, waiting, road, reopened from devices where device_id = $1
