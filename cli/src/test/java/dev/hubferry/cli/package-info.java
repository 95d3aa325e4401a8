/** The command line as a script or a person uses it, on a small server that behaves like the orchestrator. */
@NullMarked
package dev.hubferry.cli;

import org.jspecify.annotations.NullMarked;
