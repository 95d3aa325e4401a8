/** Migrations in Postgres: plain JDBC, one class a table. */
@NullMarked
package dev.hubferry.orchestrator.adapter.postgres;

import org.jspecify.annotations.NullMarked;
