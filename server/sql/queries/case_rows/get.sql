select body, class, document from case_rows where record = $1
