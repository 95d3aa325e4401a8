/** What the service asks of providers and name servers, told in traces. */
@NullMarked
package dev.hubferry.dns.adapter.tracing;

import org.jspecify.annotations.NullMarked;
