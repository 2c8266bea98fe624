delete from session_rows where record = $1
