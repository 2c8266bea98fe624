select device_id, one_time, asked_at, approved_by from openings
