/** Zones kept at Namecheap. */
@NullMarked
package dev.hubferry.dns.adapter.namecheap;

import org.jspecify.annotations.NullMarked;
