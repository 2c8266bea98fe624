delete from tokens where device_id = $1
