select c.record, c.level, c.received_on, c.adm3, c.category, c.project, c.words, k.phone, k.benef_id
from contact_keys k join case_rows c on c.record = k.record
where ((k.phone = $1 and $1 <> '') or (k.benef_id = $2 and $2 <> '')) and c.record <> $3 and c.class = 'case'
order by c.received_on desc, c.record limit 20
