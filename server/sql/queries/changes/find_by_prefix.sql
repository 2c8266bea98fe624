select document, hash from changes where hash >= $1 and hash <= $2
