select count(*) from session_rows s
where exists (select 1 from scope_documents sd join scope_followers sf on sf.scope = sd.scope
        where sd.document = s.document and sf.user_id = $1)
    and s.held_on >= $2 and s.held_on <= $3
    and ($4 = '' or s.adm3 in (select place from place_ancestors where ancestor = $4)
        or s.adm4 in (select place from place_ancestors where ancestor = $4))
    and ($5 = '' or exists (select 1 from session_projects p where p.record = s.record and p.project = $5))
    and ($6 = '' or s.folded like $6 escape '\')
