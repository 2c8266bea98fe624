select record from contact_keys where phone = $1 and $1 <> '' order by record limit 50
