delete from pictures where document = $1
