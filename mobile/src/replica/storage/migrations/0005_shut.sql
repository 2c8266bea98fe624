-- How often this device was prepared for the road, and up to which time the server has re-opened it.
alter table account add column road integer not null default 0;
alter table account add column reopened integer not null default 0;
-- Too long without contact: what the server has was forgotten, until the next contact.
alter table account add column expired integer not null default 0;
