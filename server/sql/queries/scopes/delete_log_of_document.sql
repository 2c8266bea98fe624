delete from scope_log where document = $1 and what <> 2
