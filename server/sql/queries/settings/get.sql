select version, packed, signature from settings where version = $1
