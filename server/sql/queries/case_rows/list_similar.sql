select c.record, c.level, c.received_on, c.adm3, c.category, c.project, c.words, coalesce(k.phone, ''), coalesce(k.benef_id, '')
from case_rows c left join contact_keys k on k.record = c.record
where c.adm3 = $1 and c.project = $2 and c.category = $3 and c.received_on >= $4 and c.received_on <= $5 and c.record <> $6
    and c.class = 'case'
order by c.received_on desc, c.record limit 50
