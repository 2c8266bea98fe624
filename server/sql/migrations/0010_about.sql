-- Whom of us a case is about, so that those meant do not count it: the answer's code, and the writer or the partner where it means one.
alter table case_rows add column about text not null default '';
alter table case_rows add column whose text not null default '';
update case_rows set about = 'project' where body like '%"subject_role":"project"%';
update case_rows set about = 'acct' where body like '%"subject_role":"acct"%';
update case_rows set about = 'unknown' where body like '%"subject_role":"unknown"%';
update case_rows set about = 'me', whose = recorded_by where body like '%"subject_role":"me"%';
-- Which partner was not kept beside the row: until the case changes, it is any.
update case_rows set about = 'partner' where body like '%"subject_role":"partner"%';
drop table case_tallies;
create table case_tallies (
    adm3 text not null,
    project text not null,
    month text not null,
    class text not null,
    about text not null,
    whose text not null,
    cases bigint not null,
    primary key (month, adm3, project, class, about, whose)
);
insert into case_tallies (adm3, project, month, class, about, whose, cases)
select adm3, project, substr(received_on, 1, 7), class, about, whose, count(*) from case_rows
where status not in ('void', 'merged') group by adm3, project, substr(received_on, 1, 7), class, about, whose;
