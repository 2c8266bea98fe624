select c.record, d.document from case_rows c join documents d on d.record = c.record where c.closed_on <> '' and c.closed_on <= $1 and d.document <> c.document order by d.document limit 500
