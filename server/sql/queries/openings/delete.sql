delete from openings where device_id = $1
