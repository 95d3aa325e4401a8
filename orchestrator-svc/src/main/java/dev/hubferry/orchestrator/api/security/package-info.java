/** Who may do what: bearer tokens from a file. */
@NullMarked
package dev.hubferry.orchestrator.api.security;

import org.jspecify.annotations.NullMarked;
