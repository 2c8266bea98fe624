insert into scope_log (scope, seq, what, document, epoch, n) values ($1, $2, $3, $4, $5, $6)
