/** A migration as it happens: the stream of its events, and what is said of them. */
@NullMarked
package dev.hubferry.cli.watch;

import org.jspecify.annotations.NullMarked;
