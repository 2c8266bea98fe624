delete from quarantine where device_id = $1 and why = $2
