select c.record, c.level, c.received_on, c.adm3, c.category, c.project, c.words, coalesce(k.phone, ''), coalesce(k.benef_id, '')
from case_rows c left join contact_keys k on k.record = c.record
where not c.compared limit 200
