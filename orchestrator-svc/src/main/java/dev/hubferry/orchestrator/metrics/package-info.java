/** What the orchestrator says of itself to Prometheus: see docs/operations/metrics.md. */
@NullMarked
package dev.hubferry.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
