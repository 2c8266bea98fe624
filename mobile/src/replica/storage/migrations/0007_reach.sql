-- How the person of a case can be found and from which day they are to be called, as far as their contact is here. Made with the rows.
create table reach (
    record    blob primary key,
    -- International, or the digits as given.
    phone     text not null,
    -- Civil day; empty for never.
    call_from text not null
) strict, without rowid;
create index reach_phone on reach (phone);
create index reach_call_from on reach (call_from);

-- Rows that can't be read are made anew with the lists, and this with them: once, for cases whose contact is here.
update case_row set row = '{}' where record in (select record from document where substr(id, 17, 1) = x'01');
