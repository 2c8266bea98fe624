select c.body from case_rows c where c.received_on >= $1 and c.received_on <= $2 order by c.received_on, c.record
