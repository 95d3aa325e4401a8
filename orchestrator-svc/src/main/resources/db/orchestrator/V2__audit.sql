-- What people asked for, and what became of it. Each row's hash covers the row and the hash of the row before it, so that a changed,
-- removed or inserted row shows.
create table audit (
    migration_id text        not null references migration (id),
    seq          bigint      not null,
    at           timestamptz not null,
    principal    text        not null,
    action       text        not null,
    detail       text        not null,
    outcome      text        not null,
    hash         text        not null,
    primary key (migration_id, seq)
);

-- The end of each migration's chain, so that rows removed from its end show as well.
alter table migration add column audit_seq bigint not null default 0;
alter table migration add column audit_hash text not null default '';
