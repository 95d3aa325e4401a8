/** Counts, for Prometheus, what passes through the domain's ports: see docs/operations/metrics.md. */
@NullMarked
package dev.hubferry.dns.adapter.metrics;

import org.jspecify.annotations.NullMarked;
