update devices set revoked_at = $2 where device_id = $1
