update devices set road = $2 where device_id = $1
