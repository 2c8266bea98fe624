update openings set approved_by = $2 where device_id = $1
