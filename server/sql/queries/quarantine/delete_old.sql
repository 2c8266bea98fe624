delete from quarantine where at < $1
