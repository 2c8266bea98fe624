select document, hash, raw from quarantine where device_id = $1 and why = 'revoked' order by at, document
