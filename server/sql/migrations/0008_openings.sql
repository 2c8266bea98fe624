-- Devices whose passphrase is gone and that ask to be opened.
create table openings (
    device_id bytea primary key,
    -- Its one-time key, public half.
    one_time text not null,
    asked_at bigint not null,
    -- Empty until someone has said yes.
    approved_by text not null
);
