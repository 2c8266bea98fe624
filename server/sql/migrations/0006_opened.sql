-- The last case opened on a device that stands in the audit log, by the device's own number: what comes twice is noted once.
alter table devices add column opened bigint not null default 0;
