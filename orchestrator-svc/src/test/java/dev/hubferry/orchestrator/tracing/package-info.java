@NullMarked
package dev.hubferry.orchestrator.tracing;

import org.jspecify.annotations.NullMarked;
