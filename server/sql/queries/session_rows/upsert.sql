insert into session_rows (record, document, held_on, phase, adm3, adm4, counted, recorded_by, conflict, folded, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (record) do update set
    document = excluded.document, held_on = excluded.held_on, phase = excluded.phase, adm3 = excluded.adm3, adm4 = excluded.adm4,
    counted = excluded.counted, recorded_by = excluded.recorded_by, conflict = excluded.conflict, folded = excluded.folded,
    body = excluded.body
