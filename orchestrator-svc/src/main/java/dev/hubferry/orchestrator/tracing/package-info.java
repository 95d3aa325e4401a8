/** What the orchestrator tells of migrations in traces (docs/operations/traces.md). */
@NullMarked
package dev.hubferry.orchestrator.tracing;

import org.jspecify.annotations.NullMarked;
