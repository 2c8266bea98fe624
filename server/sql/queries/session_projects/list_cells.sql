select project, place, phase, month from session_projects where record = $1
