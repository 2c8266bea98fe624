select count(*) from quarantine where device_id = $1
