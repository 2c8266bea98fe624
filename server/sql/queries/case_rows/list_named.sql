select record, category, adm3, adm4 from case_rows
