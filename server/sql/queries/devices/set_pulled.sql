update devices set rights = $2, pulled_at = $3 where device_id = $1
