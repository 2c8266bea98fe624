select scope from scope_documents where document = $1 order by scope
