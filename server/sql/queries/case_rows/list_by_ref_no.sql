select record from case_rows where ref_no = $1
