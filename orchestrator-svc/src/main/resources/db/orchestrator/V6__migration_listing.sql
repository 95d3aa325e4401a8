-- What the list of migrations looks for and sorts by, which never changes: beside the table that every step writes, and narrow, so that to
-- look through it is to read no states. A trigger fills it, since older replicas, too, begin migrations while a newer one is there. What is
-- missing in a state of tomorrow is empty here. Dry runs are kept in the table of migrations, too, and are none.
create table migration_listing (
    migration_id     text primary key references migration (id),
    name             text        not null,
    requested_at     timestamptz not null,
    requested_by     text        not null,
    source_cluster   text        not null,
    source_namespace text        not null,
    target_cluster   text        not null,
    target_namespace text        not null,
    zone             text        not null
);

create function migration_listing_of(id text, name text, requested_at timestamptz, subject jsonb) returns migration_listing
    language sql immutable
    set search_path from current
as $$
    select id,
           name,
           requested_at,
           coalesce(subject ->> 'requestedBy', ''),
           coalesce(subject #>> '{spec, source, cluster}', ''),
           coalesce(subject #>> '{spec, source, namespace}', ''),
           coalesce(subject #>> '{spec, target, cluster}', ''),
           coalesce(subject #>> '{spec, target, namespace}', ''),
           coalesce(subject #>> '{spec, dns, zone}', '')
$$;

create function list_migration() returns trigger
    language plpgsql
    set search_path from current
as $$
begin
    if new.definition like 'plan-hub/%' then
        return null;
    end if;
    insert into migration_listing
    select *
    from migration_listing_of(new.id, new.name, new.created_at, new.state::jsonb -> 'subject');
    return null;
end
$$;

create trigger migration_is_listed
    after insert on migration
    for each row execute function list_migration();

insert into migration_listing
select listed.*
from migration
cross join lateral migration_listing_of(id, migration.name, created_at, state::jsonb -> 'subject') as listed;

create index migration_listing_by_time on migration_listing (requested_at, migration_id);
create index migration_listing_by_name on migration_listing (lower(name) collate "C", migration_id);
create index migration_listing_by_requester on migration_listing (requested_by collate "C", migration_id);
create index migration_listing_by_source on migration_listing (source_cluster, source_namespace);
create index migration_listing_by_target on migration_listing (target_cluster, target_namespace);

-- Changes a few times in a migration's life; the steps between stay within the row's page as before.
create index migration_by_status on migration (status);
