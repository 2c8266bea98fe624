insert into scope_documents (document, scope) values ($1, $2)
