@NullMarked
package dev.hubferry.orchestrator.webhook;

import org.jspecify.annotations.NullMarked;
