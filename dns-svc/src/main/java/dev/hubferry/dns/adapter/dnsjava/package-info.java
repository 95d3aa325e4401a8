/** Authoritative name servers, asked with dnsjava. */
@NullMarked
package dev.hubferry.dns.adapter.dnsjava;

import org.jspecify.annotations.NullMarked;
