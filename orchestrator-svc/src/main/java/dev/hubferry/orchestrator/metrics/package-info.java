/** What the orchestrator says of its work: metrics for Prometheus (docs/operations/metrics.md), and lines of its log. */
@NullMarked
package dev.hubferry.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
