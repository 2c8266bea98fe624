-- The deployment: one row. A restore mints a new epoch, so that no place in an order is ever given twice.
create table deployment (
    id bigint primary key check (id = 1),
    epoch bigint not null,
    created_at bigint not null,
    settings_version bigint not null,
    -- Grows with every change of a tally; devices say which they hold.
    tally_version bigint not null
);

-- Accounts. Name, role and areas stand in the settings; here only what a log-in needs.
create table users (
    user_id text primary key,
    login text not null unique,
    -- Argon2id, PHC string.
    password_hash text not null,
    created_at bigint not null,
    disabled boolean not null,
    failures bigint not null,
    -- No log-in before this instant.
    locked_until bigint not null
);

-- Installations, each bound to one user for good.
create table devices (
    device_id bytea primary key,
    public_key bytea not null,
    user_id text not null,
    enrolled_at bigint not null,
    -- 0 = in use. What arrives later is quarantined, whatever time it claims.
    revoked_at bigint not null,
    -- What the person covered at this device's last completed pull (JSON); rights lost since are ruled `not_counted`.
    rights text not null,
    pulled_at bigint not null,
    -- The same for a pull answered but not yet known to have arrived: it has, once a request shows this mark.
    offered_rights text not null,
    offered_at bigint not null,
    offered_mark bytea not null
);
create index devices_user on devices (user_id);

-- Opaque tokens, SHA-256 at rest.
create table tokens (
    token_hash bytea primary key,
    device_id bytea not null,
    user_id text not null,
    expires_at bigint not null
);
create index tokens_device on tokens (device_id);

-- Immutable numbered snapshots as signed bytes.
create table settings (
    version bigint primary key,
    -- JSON, zstd.
    packed bytea not null,
    signature bytea not null,
    published_at bigint not null,
    published_by text not null
);

-- Place -> every place around it, itself included. Rewritten with each snapshot.
create table place_ancestors (
    ancestor text not null,
    place text not null,
    primary key (ancestor, place)
);

-- One row a document: where its order stands. Writes to a document are serialised by this row.
create table documents (
    document bytea primary key,
    record bytea not null,
    author text not null,
    author_device bytea not null,
    -- Last place given: (epoch, n).
    epoch bigint not null,
    n bigint not null,
    created_at bigint not null,
    -- Sum over its changes, so that a move shifts whole sums.
    set_hash bytea not null,
    -- It once left a scope: devices may have dropped it, also its author's.
    has_left boolean not null,
    -- It reaches people one by one, so that it is placed anew with every snapshot of the settings.
    is_personal boolean not null
);
create index documents_record on documents (record);

-- The truth: every change, raw, in the document's order. Server changes (rulings) stand among them.
create table changes (
    document bytea not null,
    epoch bigint not null,
    n bigint not null,
    hash bytea not null,
    raw bytea not null,
    received_at bigint not null,
    -- Empty for the server's own.
    device_id bytea not null,
    user_id text not null,
    mac bytea not null,
    primary key (document, epoch, n)
);
create unique index changes_hash on changes (document, hash);

-- Logs that devices follow: areas by place, project and class, and one per person.
create table scopes (
    scope bigint primary key,
    name text not null unique,
    -- Last number given in its log.
    seq bigint not null,
    -- Sum over (document, change hash) of what stands in it.
    set_hash bytea not null
);

-- Which documents stand in which scope now.
create table scope_documents (
    document bytea not null,
    scope bigint not null,
    primary key (document, scope)
);
create index scope_documents_scope on scope_documents (scope, document);

-- Who follows which scope, by the settings in force.
create table scope_followers (
    user_id text not null,
    scope bigint not null,
    primary key (user_id, scope)
);
create index scope_followers_scope on scope_followers (scope);

-- Append-only. what: 0 change (epoch, n say which), 1 enter, 2 leave.
create table scope_log (
    scope bigint not null,
    seq bigint not null,
    what bigint not null,
    document bytea not null,
    epoch bigint not null,
    n bigint not null,
    primary key (scope, seq)
);

-- Cases as lists show them; can always be rebuilt.
create table case_rows (
    record bytea primary key,
    document bytea not null,
    ref_no text not null,
    status text not null,
    ended boolean not null,
    level bigint not null,
    category text not null,
    adm3 text not null,
    adm4 text not null,
    project text not null,
    assignee text not null,
    recorded_by text not null,
    received_on text not null,
    due_on text not null,
    closed_on text not null,
    awaiting bigint not null,
    conflict boolean not null,
    class text not null,
    -- First day an escalation may be due; empty once nothing more can come.
    escalates_on text not null,
    -- A possible duplicate, or empty; and whether it was looked for since words or contact changed.
    duplicate_of bytea not null,
    compared boolean not null,
    -- Folded words, for finding duplicates.
    words text not null,
    -- Folded words, number, place and category, for search.
    folded text not null,
    -- The whole row, JSON.
    body text not null,
    -- What its author keeps if they may not read it, JSON.
    own text not null
);
create index case_rows_due on case_rows (ended, due_on);
create index case_rows_assignee on case_rows (assignee, ended, due_on);
create index case_rows_ref_no on case_rows (ref_no);
create index case_rows_place on case_rows (adm3, project, received_on);
create index case_rows_received on case_rows (received_on);
create index case_rows_author on case_rows (recorded_by, received_on);
create index case_rows_escalates on case_rows (escalates_on) where escalates_on <> '';
create index case_rows_compared on case_rows (compared) where not compared;
create index case_rows_closed on case_rows (closed_on);

-- What two cases are compared by beside their words; goes with the contact document.
create table contact_keys (
    record bytea primary key,
    phone text not null,
    benef_id text not null
);
create index contact_keys_phone on contact_keys (phone);
create index contact_keys_benef_id on contact_keys (benef_id);

create table session_rows (
    record bytea primary key,
    document bytea not null,
    held_on text not null,
    phase text not null,
    adm3 text not null,
    adm4 text not null,
    -- Counted in coverage: held, not void.
    counted boolean not null,
    recorded_by text not null,
    conflict boolean not null,
    folded text not null,
    body text not null
);
create index session_rows_held on session_rows (held_on);

-- One row a project of a session.
create table session_projects (
    record bytea not null,
    project text not null,
    place text not null,
    phase text not null,
    month text not null,
    held_on text not null,
    counted boolean not null,
    f_u18 bigint not null,
    m_u18 bigint not null,
    f_18_59 bigint not null,
    m_18_59 bigint not null,
    f_60 bigint not null,
    m_60 bigint not null,
    unknown bigint not null,
    primary key (record, project)
);
create index session_projects_cell on session_projects (place, project, phase, month);

-- Sums of sessions: place, project, month, phase.
create table session_tallies (
    place text not null,
    project text not null,
    month text not null,
    phase text not null,
    sessions bigint not null,
    last_on text not null,
    f_u18 bigint not null,
    m_u18 bigint not null,
    f_18_59 bigint not null,
    m_18_59 bigint not null,
    f_60 bigint not null,
    m_60 bigint not null,
    unknown bigint not null,
    primary key (month, place, project, phase)
);

-- Sums of cases: sub-district, project, month, class.
create table case_tallies (
    adm3 text not null,
    project text not null,
    month text not null,
    class text not null,
    cases bigint not null,
    primary key (month, adm3, project, class)
);

-- Receipt numbers leased to devices. The PIN is kept as a keyed hash only.
create table ref_numbers (
    ref_no text primary key,
    pin_hash bytea not null,
    device_id bytea not null,
    leased_at bigint not null,
    -- The record that uses it; empty while free.
    record bytea not null
);
create index ref_numbers_device on ref_numbers (device_id);

-- Refused changes, whole, with the reason. Both sides keep them.
create table quarantine (
    document bytea not null,
    hash bytea not null,
    raw bytea not null,
    device_id bytea not null,
    user_id text not null,
    why text not null,
    at bigint not null,
    primary key (document, hash)
);

-- Changes that wait for another one or for a newer version of the server.
create table parked (
    document bytea not null,
    hash bytea not null,
    raw bytea not null,
    device_id bytea not null,
    user_id text not null,
    why text not null,
    at bigint not null,
    primary key (document, hash)
);
create index parked_device on parked (device_id);

-- Documents that are gone for good.
create table tombstones (
    document bytea primary key,
    at bigint not null,
    why text not null
);

-- Who read, decided, granted, exported, logged in or was refused. Ids only. Each hash covers the one before.
create table audit (
    seq bigint primary key,
    at bigint not null,
    user_id text not null,
    device_id bytea not null,
    action text not null,
    object text not null,
    detail text not null,
    hash bytea not null
);
create trigger audit_no_update before update on audit begin select raise(abort, 'append only'); end;
create trigger audit_no_delete before delete on audit begin select raise(abort, 'append only'); end;
