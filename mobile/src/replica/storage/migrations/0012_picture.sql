-- Photos of paper forms, until the server has them: of a form that is being filled in (no document yet), or waiting to be sent.
create table picture (
    record     blob not null,
    -- The root key it stands under.
    key        text not null,
    document   blob,
    name       text not null,
    bytes      blob not null,
    not_before integer not null default 0,
    primary key (record, key)
) strict;
