@NullMarked
package dev.hubferry.orchestrator.saga.plan;

import org.jspecify.annotations.NullMarked;
