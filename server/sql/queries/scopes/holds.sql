select 1 from scope_documents where document = $1 and scope = $2
