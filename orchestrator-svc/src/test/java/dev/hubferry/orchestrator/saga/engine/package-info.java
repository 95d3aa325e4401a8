@NullMarked
package dev.hubferry.orchestrator.saga.engine;

import org.jspecify.annotations.NullMarked;
