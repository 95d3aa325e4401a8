/** How much one caller may send, ask and hold open. */
@NullMarked
package dev.hubferry.orchestrator.api.limit;

import org.jspecify.annotations.NullMarked;
