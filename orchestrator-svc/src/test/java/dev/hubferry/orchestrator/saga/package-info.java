@NullMarked
package dev.hubferry.orchestrator.saga;

import org.jspecify.annotations.NullMarked;
