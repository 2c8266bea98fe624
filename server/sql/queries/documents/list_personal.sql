select distinct record from documents where is_personal order by record
