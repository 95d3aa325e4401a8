-- Replies for migrations on definitions that the replica did not know to which Kafka gave them, as they came; a replica that knows the
-- definition applies and deletes them. No reference to the migration: to check it would wait for whoever is changing that.
create table handed_over_reply (
    message_id      text primary key,
    arrival         bigint      not null generated always as identity,
    migration_id    text        not null,
    definition      text        not null,
    topic           text        not null,
    topic_partition int         not null,
    topic_offset    bigint      not null,
    headers         text        not null,
    body            text        not null,
    handed_over_at  timestamptz not null default clock_timestamp()
);

create index handed_over_reply_by_definition on handed_over_reply (definition, arrival);
