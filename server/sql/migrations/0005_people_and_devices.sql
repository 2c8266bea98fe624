-- What each installation last told of itself, for those who look after people and devices.
alter table devices add column app text not null default '';
-- Last time it spoke to the server; 0 before the first sync.
alter table devices add column seen_at bigint not null default 0;
-- Changes that waited on it then and had not arrived.
alter table devices add column waiting bigint not null default 0;
-- A password the server made: the sign-in with it must set another.
alter table users add column temporary boolean not null default false;
