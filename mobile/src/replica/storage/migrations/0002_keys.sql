-- The key book as this device has seen it: only one that goes on from it is taken. One row, entries as JSON.
create table key_book (
    one     integer primary key check (one = 1),
    entries text    not null
) strict;

-- A focal point's own keys, newest last: the 32 bytes that both halves come from. Older ones still open what was sealed to them.
create table focal_key (
    id       integer primary key,
    seed     blob    not null,
    -- Made here and not yet on paper: its card may still be shown.
    to_print integer not null
) strict;
