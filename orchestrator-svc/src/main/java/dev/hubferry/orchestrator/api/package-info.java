/** REST under /api/v1: people's and programs' way to migrations. */
@NullMarked
package dev.hubferry.orchestrator.api;

import org.jspecify.annotations.NullMarked;
