update devices set reopened = $2 where device_id = $1
