-- Rows whose place is in no list: few, asked for whenever the home page of a desk is drawn.
create index case_row_unlisted on case_row (record) where instr(row, '"unlisted":') > 0;
create index session_row_unlisted on session_row (record) where instr(row, '"unlisted":') > 0;
