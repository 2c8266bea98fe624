update case_rows set escalates_on = $2 where record = $1
