update session_rows set folded = $2 where record = $1
