-- Commands that this service was asked to carry out, in the order of their arrival.
create table inbox (
    seq           bigint generated always as identity primary key,
    message_id    text        not null unique,
    migration_id  text        not null,
    type          text        not null,
    exclusive_key text        not null,
    headers       text        not null,
    body          text        not null,
    state         text        not null default 'PENDING' check (state in ('PENDING', 'RUNNING', 'DONE')),
    owner         text,
    epoch         bigint      not null default 0,
    lease_until   timestamptz,
    received_at   timestamptz not null default clock_timestamp(),
    started_at    timestamptz,
    ended_at      timestamptz
);

create index inbox_unfinished on inbox (seq) where state <> 'DONE';
create index inbox_unfinished_by_key on inbox (exclusive_key, seq) where state <> 'DONE';

-- The rule of exclusive keys, kept by the database itself whoever claims.
create unique index inbox_one_running_per_key on inbox (exclusive_key) where state = 'RUNNING';

-- Commands that the orchestrator withdrew, arrived or not.
create table cancellation (
    command_id   text primary key,
    reason       text        not null,
    requested_at timestamptz not null default clock_timestamp()
);

-- Messages to publish; a row lives from the commit that says it to the broker's acknowledgement.
create table outbox (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    key        text        not null,
    headers    text        not null,
    body       text        not null,
    created_at timestamptz not null default clock_timestamp()
);

-- Messages whose effect stands in this database.
create table seen_message (
    message_id text primary key,
    seen_at    timestamptz not null default clock_timestamp()
);

-- What this service changed for a migration, and what was there before.
create table effect (
    migration_id text        not null,
    effect       text        not null,
    before_json  text        not null,
    command_id   text        not null,
    epoch        bigint      not null,
    recorded_at  timestamptz not null default clock_timestamp(),
    primary key (migration_id, effect)
);
