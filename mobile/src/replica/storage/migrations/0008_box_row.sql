-- Openings of complaint boxes as rows, made with the others.
create table box_row (
    record blob primary key,
    code   text not null,
    date   text not null,
    row    text not null
) strict, without rowid;
create index box_row_code on box_row (code, date);
