select record, author, author_device, epoch, n, set_hash from documents where document = $1
