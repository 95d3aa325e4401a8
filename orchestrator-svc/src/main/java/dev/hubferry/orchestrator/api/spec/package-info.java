/** Reads the JSON of a migration's spec and finds everything that is wrong with it at once. */
@NullMarked
package dev.hubferry.orchestrator.api.spec;

import org.jspecify.annotations.NullMarked;
