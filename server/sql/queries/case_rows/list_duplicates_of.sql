select record from case_rows where received_on >= $2 and received_on <= $3 and duplicate_of = $1
