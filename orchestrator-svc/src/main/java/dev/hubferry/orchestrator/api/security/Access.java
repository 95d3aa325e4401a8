package dev.hubferry.orchestrator.api.security;

import java.util.Optional;

/** Whom the API lets in: holders of tokens of the file, people with tokens of the issuer, or both. */
public record Access(Tokens tokens, Optional<Issuer> issuer) {
    /** @throws IllegalArgumentException when nobody could get in */
    public Access {
        if (tokens.isEmpty() && issuer.isEmpty()) {
            throw new IllegalArgumentException(
                    "nobody could get in: set hubferry.auth.token-file; or hubferry.auth.oidc.issuer,"
                            + " hubferry.auth.oidc.audience and hubferry.auth.oidc.roles.<role>; or both"
                            + " (docs/operations/access.md)");
        }
    }
}
