update devices set revoked_at = $2 where user_id = $1 and revoked_at = 0
