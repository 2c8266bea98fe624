-- Refused so often by itself, it is set aside: `refusals` in a row that the server did not take the picture.
alter table picture add column refusals integer not null default 0;
-- 1: set aside with the change that names it: neither sent nor counted, and nowhere else.
alter table picture add column aside integer not null default 0;
-- 1: the server holds what it refused. `acknowledged` is, from here on, when the person took note, 0 before; 1 where nobody knows when.
alter table quarantine add column held_there integer not null default 0;
