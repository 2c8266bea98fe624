select c.record from case_rows c
where c.ended and c.closed_on <> '' and c.closed_on < $1
    and exists (select 1 from scope_documents d join scopes s on s.scope = d.scope where d.document = c.document and s.name not like 'o/%')
order by c.closed_on, c.record limit 500
