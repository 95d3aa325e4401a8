-- What is below a directory or in a namespace is found by how it begins, whatever the database's collation is.
create index migration_lock_below on migration_lock (resource collate "C");
