-- Whose turn it is, of all replicas and migrations, to write a zone.
create table zone_turn (
    zone text primary key,
    command_id text not null,
    epoch bigint not null,
    -- When the turn is lost at the latest; null when the zone is free.
    until timestamptz,
    -- A write of which it is not known how it ended, whoever began it.
    write_at timestamptz,
    write_json text
);
