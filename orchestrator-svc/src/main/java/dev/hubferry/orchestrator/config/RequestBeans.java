package dev.hubferry.orchestrator.config;

import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.Retry;
import dev.hubferry.orchestrator.api.EventAnswers;
import dev.hubferry.orchestrator.api.security.Requesters;
import dev.hubferry.orchestrator.messaging.RequestsLoop;
import dev.hubferry.orchestrator.saga.EventRequestLoop;
import dev.hubferry.orchestrator.saga.EventRequests;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.RequestDesk;
import dev.hubferry.trace.Traces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/** Puts the parts together that requests by event need. */
@Dependent
class RequestBeans {
    @Produces
    @Singleton
    Requesters requesters(RequestsConfig config) {
        return RequestersReader.read(config);
    }

    @Produces
    @Singleton
    EventRequests requests(MigrationStore store, Clock clock) {
        return new EventRequests(store, clock);
    }

    @Produces
    @Singleton
    RequestsLoop requestsLoop(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            RequestDesk desk,
            MessageReader reader,
            Retry retry,
            Traces traces) {
        return new RequestsLoop(connection, desk, reader, retry, traces);
    }

    @Produces
    @Singleton
    EventRequestLoop eventRequests(EventRequests requests, EventAnswers answers, RequestsConfig config) {
        return new EventRequestLoop(requests, answers::ready, config.planPoll());
    }

    /** Only where somebody may request something by event. */
    void startRequests(
            @Observes StartupEvent event,
            Requesters requesters,
            Instance<RequestsLoop> requests,
            Instance<EventRequestLoop> plans) {
        if (!requesters.isEmpty()) {
            requests.get().start();
            plans.get().start();
        }
    }

    void stopRequests(
            @Observes ShutdownEvent event,
            Requesters requesters,
            Instance<RequestsLoop> requests,
            Instance<EventRequestLoop> plans) {
        if (!requesters.isEmpty()) {
            requests.get().stop();
            plans.get().stop();
        }
    }
}
