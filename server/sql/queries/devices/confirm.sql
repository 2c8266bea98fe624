update devices set unconfirmed = false where device_id = $1
