-- Cases opened on this device that name someone, or are of level 3 and above, until the server has been told. Numbers are never
-- given twice.
create table opened (
    number integer primary key autoincrement,
    record blob    not null,
    at     integer not null,
    shown  integer not null
) strict;
