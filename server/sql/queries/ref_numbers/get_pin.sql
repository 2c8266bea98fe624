select pin_hash, record from ref_numbers where ref_no = $1
