update devices set unconfirmed = true where device_id = $1
