/** Who may do what: bearer tokens from a file and from an OpenID Connect issuer. */
@NullMarked
package dev.hubferry.orchestrator.api.security;

import org.jspecify.annotations.NullMarked;
