/** The saga {@code migrate-hub} and the use cases around it. */
@NullMarked
package dev.hubferry.orchestrator.saga;

import org.jspecify.annotations.NullMarked;
