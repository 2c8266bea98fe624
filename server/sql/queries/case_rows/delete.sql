delete from case_rows where record = $1
