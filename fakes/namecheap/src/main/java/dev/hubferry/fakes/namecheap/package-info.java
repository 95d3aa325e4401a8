/** A stateful Namecheap for tests and the sandbox: its API and two authoritative name servers. */
@NullMarked
package dev.hubferry.fakes.namecheap;

import org.jspecify.annotations.NullMarked;
