update case_rows set compared = true, duplicate_of = $2 where record = $1
