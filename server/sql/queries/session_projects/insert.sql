insert into session_projects (record, project, place, phase, month, held_on, counted, f_u18, m_u18, f_18_59, m_18_59, f_60, m_60, unknown)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
