update deployment set tally_version = tally_version + 1 where id = 1
