/** Versioned objects, their bounded history, and what selects them. */
@NullMarked
package dev.hubferry.fakes.kubernetes.store;

import org.jspecify.annotations.NullMarked;
