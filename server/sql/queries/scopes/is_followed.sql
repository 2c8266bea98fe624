select 1 from scope_documents d join scope_followers f on f.scope = d.scope where d.document = $1 and f.user_id = $2 limit 1
