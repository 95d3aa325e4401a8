-- For a new database, as a superuser in it: psql --dbname hubferry --file deploy/postgres/roles.sql
--
-- Each service gets a role of its own, which owns a schema of its own and is allowed nothing else. Services make their tables themselves,
-- and no schema. Roles have no password yet and cannot get in: give each one with psql's \password, and to the service as a file.
-- Running it again changes nothing that is so already.
do $$
declare
    service text;
    service_role text;
begin
    execute format('revoke all on database %I from public', current_database());
    revoke all on schema public from public;
    foreach service in array array['orchestrator', 'storage', 'k8s', 'db', 'dns'] loop
        service_role := 'hubferry_' || service;
        if not exists (select from pg_roles where rolname = service_role) then
            execute format('create role %I login', service_role);
        end if;
        execute format('grant connect on database %I to %I', current_database(), service_role);
        execute format('create schema if not exists %I authorization %I', service, service_role);
    end loop;
end
$$;
