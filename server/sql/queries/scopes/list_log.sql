select seq, what, document, epoch, n from scope_log where scope = $1 and seq > $2 order by seq
