/** What the service asks of the way that users take, told in traces. */
@NullMarked
package dev.hubferry.k8s.adapter.tracing;

import org.jspecify.annotations.NullMarked;
