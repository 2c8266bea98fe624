select document, hash, raw from quarantine where device_id = $1 and why = $2 order by at, document
