delete from session_projects where record = $1
