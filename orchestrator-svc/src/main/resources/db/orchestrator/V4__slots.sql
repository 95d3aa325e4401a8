-- Uses of what there is little of: who waits for them, and who has them. What a migration has here follows from its state, and is written
-- with it.
create table slot (
    migration_id text        not null references migration (id),
    step         text        not null,
    slot         text        not null,
    stage        text        not null check (stage in ('WAITING', 'HELD')),
    priority     text        not null,
    since        timestamptz not null,
    primary key (migration_id, step, slot)
);
