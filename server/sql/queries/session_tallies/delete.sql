delete from session_tallies where place = $1 and project = $2 and phase = $3 and month = $4
