delete from tokens where expires_at <= $1
