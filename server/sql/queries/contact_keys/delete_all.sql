delete from contact_keys
