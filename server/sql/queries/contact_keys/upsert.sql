insert into contact_keys (record, phone, benef_id) values ($1, $2, $3) on conflict (record) do update set phone = excluded.phone, benef_id = excluded.benef_id
