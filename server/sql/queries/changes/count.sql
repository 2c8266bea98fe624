select count(*) from changes
