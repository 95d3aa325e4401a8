package dev.hubferry.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Starts the relay in every service, the executor in those that have a {@link CommandHandler}, and the reports on connections in those that
 * have {@link WatchedConnections}; ends them in order.
 */
@Singleton
class MessagingLifecycle {
    private static final Logger LOG = Logger.getLogger(MessagingLifecycle.class);

    private final Instance<CommandHandler<?>> handlers;
    private final Instance<DurableExecutor> executor;
    private final ProgressPublisher progress;
    private final Instance<WatchedConnections> connections;
    private final Instance<ConnectionReporter> reporter;
    private final OutboxRelay relay;
    private final BrokerWatch broker;
    private final Sampler sampler;
    private final Retry retry;
    private final Vitals vitals;
    private final StartCheck check;

    MessagingLifecycle(
            Instance<CommandHandler<?>> handlers,
            Instance<DurableExecutor> executor,
            ProgressPublisher progress,
            Instance<WatchedConnections> connections,
            Instance<ConnectionReporter> reporter,
            OutboxRelay relay,
            BrokerWatch broker,
            Sampler sampler,
            Retry retry,
            Vitals vitals,
            Transactions transactions,
            MessagingConfig config) {
        this.handlers = handlers;
        this.executor = executor;
        this.progress = progress;
        this.connections = connections;
        this.reporter = reporter;
        this.relay = relay;
        this.broker = broker;
        this.sampler = sampler;
        this.retry = retry;
        this.vitals = vitals;
        this.check = new StartCheck(transactions, config);
    }

    void start(@Observes StartupEvent event) {
        check.run();
        broker.start();
        relay.start();
        vitals.watch(relay.thread());
        sampler.start();
        if (isParticipant()) {
            progress.start();
            executor.get().start();
            executor.get().threads().forEach(vitals::watch);
        }
        if (hasConnections()) {
            reporter.get().start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vitals.stop();
        sampler.stop();
        broker.stop();
        retry.stop();
        if (hasConnections()) {
            reporter.get().stop();
        }
        try {
            if (isParticipant()) {
                executor.get().stop();
                progress.stop();
            }
            relay.stop();
        } catch (InterruptedException e) {
            LOG.warn("interrupted while stopping; leases run out by themselves");
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasConnections() {
        return !connections.isUnsatisfied();
    }

    private boolean isParticipant() {
        return !handlers.isUnsatisfied();
    }
}
