delete from documents where document = $1
