select c.own from case_rows c
where c.recorded_by = $1 and (c.ended = false or c.closed_on >= $2)
    and not exists (select 1 from scope_documents sd join scope_followers sf on sf.scope = sd.scope
        where sd.document = c.document and sf.user_id = $1)
order by c.received_on desc, c.record
