select hash from changes where document = $1
