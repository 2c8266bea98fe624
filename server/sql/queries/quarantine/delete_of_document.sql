delete from quarantine where document = $1
