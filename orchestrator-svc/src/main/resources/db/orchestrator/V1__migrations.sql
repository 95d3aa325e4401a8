-- One row a migration. Whoever changes anything about a migration locks its row first.
create table migration (
    id          text primary key,
    name        text        not null,
    definition  text        not null,
    status      text        not null check (status in ('RUNNING', 'COMPENSATING', 'COMPLETED', 'ROLLED_BACK', 'PARKED')),
    state       jsonb       not null,
    last_event  bigint      not null default 0,
    row_version bigint      not null default 0,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);

create index migration_newest on migration (created_at desc, id desc);

-- What happened, numbered from 1 without gaps; the same as the public events.
create table migration_event (
    migration_id text        not null references migration (id),
    seq          bigint      not null,
    type         text        not null,
    body         jsonb       not null,
    at           timestamptz not null,
    primary key (migration_id, seq)
);

-- Times that sagas wait for.
create table migration_timer (
    migration_id text        not null references migration (id),
    key          text        not null,
    due_at       timestamptz not null,
    primary key (migration_id, key)
);

create index migration_timer_due on migration_timer (due_at);

-- Hubs, home directories and DNS names that belong to a migration until it has ended well.
create table migration_lock (
    resource     text primary key,
    migration_id text not null references migration (id)
);

create index migration_lock_of on migration_lock (migration_id);

-- Requests that were accepted under a key of the client's.
create table idempotency (
    key          text        not null,
    principal    text        not null,
    body_hash    text        not null,
    migration_id text        not null references migration (id),
    created_at   timestamptz not null,
    primary key (key, principal)
);

-- Events that changed nothing, such as replies that came late, and why.
create table ignored_event (
    id           bigint generated always as identity primary key,
    migration_id text        not null references migration (id),
    reason       text        not null,
    at           timestamptz not null
);

create index ignored_event_of on ignored_event (migration_id, id);
