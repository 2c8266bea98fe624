delete from parked where at < $1
