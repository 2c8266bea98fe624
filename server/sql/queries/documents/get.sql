select record, author, author_device, epoch, n, set_hash, has_left, is_personal from documents where document = $1
