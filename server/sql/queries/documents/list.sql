select document from documents order by document
