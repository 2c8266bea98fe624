delete from session_tallies
