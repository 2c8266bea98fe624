-- How often a device was prepared for the road, as it last told; up to which time it was re-opened.
alter table devices add column road bigint not null default 0;
alter table devices add column reopened bigint not null default 0;
