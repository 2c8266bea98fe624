delete from changes where document = $1
