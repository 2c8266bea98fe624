select sd.document, d.set_hash from scope_documents sd join documents d on d.document = sd.document where sd.scope = $1 order by sd.document
