-- The distribution at which many people are recorded one after the other: where and how, and how many so far. Of nobody anything.
create table batch (one integer primary key check (one = 1), body text not null);
