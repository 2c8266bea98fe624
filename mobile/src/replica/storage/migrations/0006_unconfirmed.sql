-- Nobody has compared this device's key with its person yet.
alter table account add column unconfirmed integer not null default 0;
