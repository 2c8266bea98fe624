select count(*) from (select 1 from case_rows c
where exists (select 1 from scope_documents sd join scope_followers sf on sf.scope = sd.scope
        where sd.document = c.document and sf.user_id = $1)
    and ($2 = '' or c.status = $2)
    and ($3 = 0 or c.level = $3)
    and ($4 = '' or c.adm3 in (select place from place_ancestors where ancestor = $4)
        or c.adm4 in (select place from place_ancestors where ancestor = $4))
    and ($5 = '' or c.project = $5)
    and ($6 = '' or c.assignee = $6)
    and ($7 = '' or c.recorded_by = $7)
    and ($8 = '' or c.folded like $8 escape '\')
    and (not $9 or c.assignee = '')
    and (not $10 or c.conflict or c.awaiting > 0)
    and c.due_on >= $11 and c.due_on <= $12 and c.ended >= $14 and c.ended <= $15
limit $13) counted
