select record, adm3, adm4 from session_rows
