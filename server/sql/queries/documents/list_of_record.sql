select document from documents where record = $1 order by document
