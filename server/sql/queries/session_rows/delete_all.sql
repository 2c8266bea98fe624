delete from session_rows
