select raw from quarantine where document = $1 order by hash
