update case_rows set folded = $2 where record = $1
