/** What a migration would do, in words and figures: functions of the saga's table, the spec and what the checks of a dry run found. */
@NullMarked
package dev.hubferry.orchestrator.saga.plan;

import org.jspecify.annotations.NullMarked;
