-- The store of one person on one device. Everything in it is encrypted; nothing in it is the only copy of the truth but
-- the outbox, the drafts and the keys.

create table account (
    -- One row.
    one              integer primary key check (one = 1),
    server           text    not null,
    login            text    not null,
    user             text    not null,
    device           blob    not null,
    -- Ed25519 seed; batches are signed with it.
    device_key       blob    not null,
    -- Opaque; none after it was refused.
    token            text,
    -- Frames and settings are accepted only under this key.
    server_key       blob    not null,
    deployment_epoch integer not null,
    -- Argon2id of the PIN: salt, hash, tries since the last right one.
    pin_salt         blob    not null,
    pin_hash         blob    not null,
    pin_tries        integer not null default 0,
    last_contact     integer,
    clock_ahead_s    integer,
    last_attempt     integer,
    last_failure     text,
    revoked          integer not null default 0
) strict;

create table draft (
    record   blob primary key,
    -- The whole draft as JSON.
    body     text    not null,
    saved_at integer not null
) strict;

-- Signed snapshots as they came; the highest version is in force.
create table settings (
    version     integer primary key,
    signed      blob    not null,
    received_at integer not null
) strict;

create table document (
    -- Record, kind, generation.
    id          blob primary key,
    record      blob    not null,
    -- The epoch of this device's actor in this document; one more after each rebase.
    actor_epoch integer not null default 0,
    -- Set hash of the changes that the server has confirmed or made.
    digest      blob    not null,
    -- Left our scopes or was purged: only unsent changes remain, until the server's verdict.
    leaving     integer not null default 0,
    -- Set aside because reading it ended the app, or failed.
    unreadable  integer not null default 0
) strict, without rowid;
create index document_record on document (record);

create table change (
    -- Order of arrival on this device: causes before effects.
    local       integer primary key,
    document    blob    not null references document (id),
    hash        blob    not null,
    raw         blob    not null,
    -- The receipt as CBOR; none while the server has not confirmed, and for the server's own changes.
    receipt     blob,
    received_at integer,
    -- The server's MAC of its own change; none for those of devices.
    server_mac  blob,
    unique (document, hash)
) strict;
create index change_received on change (received_at);

-- What a person did, until every change it became has its receipt: after a refusal the innocent ones are replayed.
create table intent (
    id       integer primary key,
    record   blob    not null,
    kind     text    not null,
    -- Prepared edits, event ids and texts fixed, as JSON.
    prepared text    not null,
    saved_at integer not null
) strict;

-- Changes the server has not confirmed, in the order they were made.
create table outbox (
    local    integer primary key references change (local),
    document blob    not null,
    intent   integer not null references intent (id),
    -- 1: belongs to a case of level 4-5 or of immediate urgency: goes first.
    urgent   integer not null default 0,
    -- Times the server could not take it yet, and when to try again.
    attempts integer not null default 0,
    not_before integer not null default 0
) strict;
create index outbox_intent on outbox (intent);
create index outbox_document on outbox (document);

create table quarantine (
    item         integer primary key,
    record       blob,
    document     blob,
    ref_no       text,
    -- The raw change, if there is one.
    raw          blob,
    -- Its prepared intent, if it was ours.
    prepared     text,
    -- Stable code of the reason.
    why          text    not null,
    -- The intent's kind, or `document`.
    what         text    not null,
    at           integer not null,
    acknowledged integer not null default 0
) strict;
create index quarantine_record on quarantine (record);

create table scope (
    name     text primary key,
    -- In the server's list, whose tag names it.
    position integer not null,
    cursor   integer not null
) strict, without rowid;

create table scope_document (
    scope    text not null,
    document blob not null,
    primary key (scope, document)
) strict, without rowid;
create index scope_document_document on scope_document (document);

-- Rows of the lists as JSON, with the folded text that is searched.
create table case_row (
    record blob primary key,
    row    text not null,
    search text not null
) strict;

create table session_row (
    record blob primary key,
    row    text not null,
    search text not null
) strict;

-- Server-made tallies, replaced whole: one row.
create table tally (
    one     integer primary key check (one = 1),
    version integer not null,
    as_of   integer not null,
    packed  blob    not null
) strict;

-- What this person sent and no longer holds: number, day, state. In the server's order.
create table own_row (
    position integer primary key,
    ref_no   text not null unique,
    body     text not null
) strict;

-- Receipt numbers leased to this device; a row goes with the record that takes it.
create table ref_no (
    ref_no text primary key,
    pin    text not null
) strict;
