update devices set opened = $2 where device_id = $1
