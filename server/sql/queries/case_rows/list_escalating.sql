select record, document from case_rows where escalates_on <> '' and escalates_on <= $1 order by escalates_on, record limit 500
