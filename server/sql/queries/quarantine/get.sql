select why from quarantine where document = $1 and hash = $2
