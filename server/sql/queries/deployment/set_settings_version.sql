update deployment set settings_version = $1 where id = 1
