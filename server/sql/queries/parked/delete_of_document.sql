delete from parked where document = $1
