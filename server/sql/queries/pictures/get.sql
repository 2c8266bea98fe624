select bytes, whole from pictures where document = $1 and sha256 = $2
