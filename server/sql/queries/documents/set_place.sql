update documents set epoch = $2, n = $3, set_hash = $4 where document = $1
