/** Which clusters, storage servers and zones are configured, and whether participants say that they answer. */
@NullMarked
package dev.hubferry.orchestrator.connections;

import org.jspecify.annotations.NullMarked;
