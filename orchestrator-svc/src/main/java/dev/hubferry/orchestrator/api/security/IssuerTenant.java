package dev.hubferry.orchestrator.api.security;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Tells Quarkus how tokens of the issuer are verified. Resolved with the first such token, not at the start: whether the issuer answers
 * must not decide whether migrations go on.
 */
@Singleton
public class IssuerTenant implements TenantConfigResolver {
    private static final String ID = "hubferry-api";

    private final Optional<OidcTenantConfig> config;

    IssuerTenant(Access access) {
        this.config = access.issuer().map(IssuerTenant::config);
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        return Uni.createFrom().optional(config);
    }

    private static OidcTenantConfig config(Issuer issuer) {
        return OidcTenantConfig.builder()
                .tenantId(ID)
                .applicationType(ApplicationType.SERVICE)
                .authServerUrl(issuer.url())
                .connectionTimeout(issuer.times().timeout())
                .connectionRetryCount(1)
                .token()
                .issuer(issuer.url())
                .audience(List.copyOf(issuer.audience()))
                .subjectRequired()
                .lifespanGrace(Math.toIntExact(issuer.times().clockSkew().toSeconds()))
                .forcedJwkRefreshInterval(issuer.times().keysRefetch())
                // What the keys do not verify is refused here, without asking the issuer about each.
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .build();
    }
}
