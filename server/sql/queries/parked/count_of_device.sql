select count(*) from parked where device_id = $1
