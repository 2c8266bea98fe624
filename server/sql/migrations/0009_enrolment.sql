-- A device whose key nobody has compared with its person yet gets nothing.
alter table devices add column unconfirmed boolean not null default false;

-- Codes with which new devices come in, one per person.
create table enrolment_codes (
    user_id text primary key,
    code_hash bytea not null,
    -- Empty for the operator.
    made_by text not null,
    made_at bigint not null
);
