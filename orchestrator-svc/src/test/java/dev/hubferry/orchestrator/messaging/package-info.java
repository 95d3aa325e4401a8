@NullMarked
package dev.hubferry.orchestrator.messaging;

import org.jspecify.annotations.NullMarked;
