update documents set epoch = $2, n = $3, set_hash = $4, has_left = $5, is_personal = $6 where document = $1
