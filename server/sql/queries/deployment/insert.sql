insert into deployment (id, epoch, created_at, settings_version, tally_version) values (1, $1, $2, 0, 1)
