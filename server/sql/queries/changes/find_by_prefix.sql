select hash from changes where document = $1 and hash >= $2 and hash <= $3
union select hash from quarantine where document = $1 and hash >= $2 and hash <= $3
union select hash from parked where document = $1 and hash >= $2 and hash <= $3 limit 2
