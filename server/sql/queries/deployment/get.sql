select epoch, settings_version, tally_version from deployment where id = 1
