update recovery_codes set pending = false where user_id = $1
