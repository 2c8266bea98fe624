select c.body from case_rows c where c.received_on > $1 or c.closed_on > $1 order by c.received_on, c.record
