update case_rows set compared = true, duplicate_of = $2, body = $3 where record = $1
