insert into ref_numbers (ref_no, pin_hash, device_id, leased_at, record) values ($1, $2, $3, $4, $5) on conflict (ref_no) do nothing
