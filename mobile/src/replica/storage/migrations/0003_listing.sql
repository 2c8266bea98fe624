-- The list index of a new device: rows the server made, shown until their documents come.
alter table case_row add column listed integer not null default 0;

-- How far a new device has the index. No row: nothing more is wanted, as on a device that has synced before.
create table listing (
    one      integer primary key check (one = 1),
    rows     integer not null,
    complete integer not null
) strict;
insert into listing (one, rows, complete) select 1, 0, 0 where not exists (select 1 from document);
