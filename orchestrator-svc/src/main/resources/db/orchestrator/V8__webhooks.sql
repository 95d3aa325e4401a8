-- Receivers of events that some replica is, or was of late, configured with. Their addresses and secrets are in the configuration only.
create table webhook (
    name            text primary key,
    seen_at         timestamptz not null,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure    text
);

-- What a webhook has still to be sent, of one migration: the events from next_seq to last_seq, in this order. The row is there as long as there
-- is something to send, so the table is as large as what is behind. The events themselves are in migration_event and nowhere else.
-- No foreign keys: each event's transaction would lock the one row of its webhook.
create table webhook_lane (
    id            bigint primary key generated always as identity,
    webhook       text        not null,
    migration_id  text        not null,
    next_seq      bigint      not null,
    last_seq      bigint      not null,
    -- Of the next event.
    attempts      int         not null default 0,
    -- Since when nothing of this lane was taken.
    failing_since timestamptz,
    due_at        timestamptz not null,
    lease         text,
    leased_until  timestamptz,
    -- The dead letter that is sent again; null for what was never sent.
    dead_letter   bigint
);

create unique index webhook_lane_of on webhook_lane (webhook, migration_id) where dead_letter is null;
create unique index webhook_lane_again on webhook_lane (dead_letter) where dead_letter is not null;
create index webhook_lane_due on webhook_lane (webhook, due_at);

-- What a webhook did not take, as long as it is kept.
create table webhook_dead_letter (
    id           bigint primary key generated always as identity,
    webhook      text        not null,
    migration_id text        not null,
    seq          bigint      not null,
    type         text        not null,
    happened_at  timestamptz not null,
    died_at      timestamptz not null,
    attempts     int         not null,
    reason       text        not null,
    unique (webhook, migration_id, seq)
);

create index webhook_dead_letter_page on webhook_dead_letter (webhook, id);

-- A trigger, since older replicas, which know no webhooks, append events too while a newer one is there. Whoever appends has locked the migration,
-- so its numbers come in order; whoever takes an emptied lane away makes this wait, or begin the lane anew. Dry runs are not told to anybody.
create function queue_for_webhooks() returns trigger
    language plpgsql
    set search_path from current
as $$
begin
    if not exists (select from webhook) then
        return null;
    end if;
    insert into webhook_lane (webhook, migration_id, next_seq, last_seq, due_at)
    select webhook.name, appended.migration_id, min(appended.seq), max(appended.seq), min(appended.at)
    from appended
    join migration on migration.id = appended.migration_id and migration.definition not like 'plan-hub/%'
    cross join webhook
    group by webhook.name, appended.migration_id
    order by webhook.name, appended.migration_id
    on conflict (webhook, migration_id) where dead_letter is null
    do update set last_seq = excluded.last_seq;
    return null;
end
$$;

create trigger event_goes_to_webhooks
    after insert on migration_event
    referencing new table as appended
    for each statement execute function queue_for_webhooks();
