insert into case_rows (record, document, ref_no, status, ended, level, category, adm3, adm4, project,
    assignee, recorded_by, received_on, due_on, closed_on, awaiting, conflict, class, escalates_on,
    duplicate_of, compared, words, folded, body, own, about, whose)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, $25, $26, $27)
on conflict (record) do update set
    document = excluded.document, ref_no = excluded.ref_no, status = excluded.status, ended = excluded.ended,
    level = excluded.level, category = excluded.category, adm3 = excluded.adm3, adm4 = excluded.adm4, project
    = excluded.project, assignee = excluded.assignee, recorded_by = excluded.recorded_by, received_on =
    excluded.received_on, due_on = excluded.due_on, closed_on = excluded.closed_on, awaiting =
    excluded.awaiting, conflict = excluded.conflict, class = excluded.class, escalates_on =
    excluded.escalates_on, duplicate_of = excluded.duplicate_of, compared = excluded.compared, words =
    excluded.words, folded = excluded.folded, body = excluded.body, own = excluded.own, about =
    excluded.about, whose = excluded.whose
