/** The command line to the REST API of the orchestrator. */
@NullMarked
package dev.hubferry.cli;

import org.jspecify.annotations.NullMarked;
