-- Focal points' new keys that nobody has vouched for yet: the public halves, one a person.
create table waiting_keys (
    user_id text primary key,
    -- JSON of both halves.
    public_keys text not null,
    asked_at bigint not null
);
