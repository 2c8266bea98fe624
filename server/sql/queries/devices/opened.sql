select opened from devices where device_id = $1
