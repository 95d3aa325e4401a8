/** What replicas share. */
@NullMarked
package dev.hubferry.dns.adapter.postgres;

import org.jspecify.annotations.NullMarked;
