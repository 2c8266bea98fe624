select device_id, record from ref_numbers where ref_no = $1
