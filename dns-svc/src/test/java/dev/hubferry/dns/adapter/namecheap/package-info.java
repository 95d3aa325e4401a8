@NullMarked
package dev.hubferry.dns.adapter.namecheap;

import org.jspecify.annotations.NullMarked;
