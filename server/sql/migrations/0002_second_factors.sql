-- Second factors (RFC 6238) and their recovery codes. Secrets are encrypted under a key of keys/, codes are keyed hashes: neither the
-- database nor a backup of it lets anyone sign in.
create table second_factors (
    user_id text primary key,
    -- Empty until a code confirmed it.
    secret bytea not null,
    -- Shown, and not yet confirmed by a code; empty otherwise.
    pending bytea not null,
    -- Last time step whose code was used: each is good once.
    last_step bigint not null
);

create table recovery_codes (
    user_id text not null,
    code_hash bytea not null,
    -- Shown together with a pending secret: good once that is confirmed.
    pending boolean not null,
    primary key (user_id, code_hash)
);
