/** Tests of what is known of connections. */
@NullMarked
package dev.hubferry.orchestrator.connections;

import org.jspecify.annotations.NullMarked;
