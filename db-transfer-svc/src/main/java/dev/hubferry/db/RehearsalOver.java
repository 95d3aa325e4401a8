package dev.hubferry.db;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the rehearsal is over, whatever came of it: a cluster that does not answer is no reason to keep the service out. */
@Readiness
@ApplicationScoped
class RehearsalOver implements HealthCheck {
    private final Rehearsal rehearsal;

    RehearsalOver(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("rehearsal").status(rehearsal.over()).build();
    }
}
