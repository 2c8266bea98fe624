delete from parked where document = $1 and hash = $2
