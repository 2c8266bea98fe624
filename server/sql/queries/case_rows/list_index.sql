select c.body from case_rows c
where exists (select 1 from scope_documents sd join scope_followers sf on sf.scope = sd.scope join scopes s on s.scope = sd.scope
        where sd.document = c.document and sf.user_id = $1 and s.name not like 'o/%')
order by c.ended, case when c.ended then '' else c.due_on end, c.received_on desc, c.record limit $2 offset $3
