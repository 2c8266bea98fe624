delete from case_rows
