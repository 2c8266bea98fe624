-- Who revoked a device and why, told to everyone who looks after its person. Empty: the operator, or before this was noted.
alter table devices add column revoked_by text not null default '';
alter table devices add column revoked_why text not null default '';
