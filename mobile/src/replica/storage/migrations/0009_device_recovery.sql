-- To which the key of a store is sealed, as the server last said at a sign-in; for stores made before there was such a copy.
alter table account add column device_recovery text not null default '';
