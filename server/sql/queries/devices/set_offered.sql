update devices set offered_rights = $2, offered_at = $3, offered_mark = $4 where device_id = $1
