-- Photos of paper forms. Each belongs to the contact document that names it and goes with it.
create table pictures (
    document blob not null,
    sha256 blob not null,
    -- As many as came so far; all of them once `whole`, and only then was the hash compared.
    bytes blob not null,
    whole boolean not null,
    received_at bigint not null,
    primary key (document, sha256)
);
