delete from contact_keys where record = $1
