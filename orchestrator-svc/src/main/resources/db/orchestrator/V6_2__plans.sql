-- Dry runs are rows of migration, with definitions of their own; they hold no locks. What others held when one was asked for is here.
create table plan_conflict (
    plan_id  text not null references migration (id),
    resource text not null,
    held     text not null,
    held_by  text not null,
    primary key (plan_id, resource, held)
);

-- By columns that never change, so that no update of a migration touches an index.
create index migration_plans on migration (created_at) where definition like 'plan-hub/%';
