/** A participant that is whole but for its use case. */
@NullMarked
package dev.hubferry.bench.participant;

import org.jspecify.annotations.NullMarked;
