update deployment set epoch = $1 where id = 1
