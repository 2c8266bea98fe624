update devices set revoked_at = $2, revoked_by = $3, revoked_why = $4 where device_id = $1
