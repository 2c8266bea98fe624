insert into openings (device_id, one_time, asked_at, approved_by) values ($1, $2, $3, '')
on conflict (device_id) do update set one_time = excluded.one_time, asked_at = excluded.asked_at, approved_by = ''
