update devices set app = $2, waiting = $3, seen_at = $4 where device_id = $1
