package dev.hubferry.messaging;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * What a service says of its health beside what Quarkus says of the database and of the consumers. Nothing here, or there, asks what lies
 * outside, such as clusters, hosts and issuers: a service that is not ready for all of them because one is away would serve nobody.
 */
@Dependent
class HealthBeans {
    /** A broker that is started anew is away for less. */
    private static final Duration LONGEST_WAIT_FOR_BROKER = Duration.ofSeconds(30);

    @Produces
    @Singleton
    Vitals vitals() {
        return new Vitals();
    }

    /** Down only for what a restart mends. */
    @Produces
    @Liveness
    HealthCheck threads(Vitals vitals) {
        return () -> threadsOf(vitals);
    }

    @Produces
    @Readiness
    HealthCheck going(Vitals vitals) {
        return () -> goingOf(vitals);
    }

    @Produces
    @Readiness
    HealthCheck outbox(OutboxRelay relay) {
        return () -> outboxOf(relay.stuckFor());
    }

    @Produces
    @Readiness
    HealthCheck broker(BrokerWatch watch) {
        return () -> brokerOf(watch.trouble());
    }

    static HealthCheckResponse brokerOf(Optional<String> trouble) {
        return answer("broker", trouble.isEmpty(), trouble.orElse(""));
    }

    static HealthCheckResponse threadsOf(Vitals vitals) {
        List<String> dead = vitals.dead();
        return answer("threads", dead.isEmpty(), "these threads have ended: " + String.join(", ", dead));
    }

    static HealthCheckResponse goingOf(Vitals vitals) {
        boolean well = !vitals.isStopping() && vitals.dead().isEmpty();
        return answer("service", well, vitals.isStopping() ? "the service stops" : "a thread of the service has ended");
    }

    static HealthCheckResponse outboxOf(Duration stuck) {
        return answer(
                "outbox",
                stuck.compareTo(LONGEST_WAIT_FOR_BROKER) <= 0,
                "the broker has acknowledged nothing for %d s, though messages wait".formatted(stuck.toSeconds()));
    }

    private static HealthCheckResponse answer(String name, boolean well, String reason) {
        var response = HealthCheckResponse.named(name).status(well);
        return well ? response.build() : response.withData("reason", reason).build();
    }
}
