-- Refused requests that belong to no migration are in the audit too, under '*', which no migration can be called, in a chain of their own:
-- its end. Whoever adds to it locks the row.
alter table audit drop constraint audit_migration_id_fkey;

create table audit_of_requests (
    seq  bigint not null,
    hash text   not null,
    one  boolean primary key default true check (one)
);

insert into audit_of_requests (seq, hash) values (0, '');

-- Whether somebody was refused the same a short time ago.
create index audit_refused on audit (principal, action, at) where migration_id = '*';
