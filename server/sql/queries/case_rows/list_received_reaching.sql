select c.body from case_rows c
where c.received_on >= $1 and c.received_on <= $2
    and exists (select 1 from scope_documents sd join scope_followers sf on sf.scope = sd.scope
        where sd.document = c.document and sf.user_id = $3)
order by c.received_on, c.record
