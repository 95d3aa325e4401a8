package dev.hubferry.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Asks the broker again and again whether it lets this service in and allows what the service needs, so that what is wrong is said in words
 * instead of being guessed from what does not happen. It changes nothing.
 */
final class BrokerWatch {
    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);

    /** A broker that is started anew is away for less. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final int FIRST_LOOK_SECONDS = 5;
    private static final int TIME_LIMIT_MILLIS = 6_000;

    private final Map<String, Object> connection;
    private final BrokerNeeds needs;
    private final Pauses pauses;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("broker-watch").unstarted(this::watchForEver);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile State state;

    private sealed interface State {
        record Well() implements State {}

        /** @param since nanoseconds of this process */
        record Troubled(BrokerTrouble trouble, long since, boolean wasWell) implements State {}
    }

    /** How long to wait before the broker is asked again. */
    record Pauses(Duration whenWell, Duration whenNot) {
        static final Pauses USUAL = new Pauses(Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    /** @param connection where the broker is and how to get in, as the Kafka clients' properties */
    BrokerWatch(Map<String, Object> connection, BrokerNeeds needs, Pauses pauses) {
        this.connection = Map.copyOf(connection);
        this.needs = needs;
        this.pauses = pauses;
        this.state = new State.Troubled(
                new BrokerTrouble("the broker at " + connection.get("bootstrap.servers") + " was not heard yet", true),
                System.nanoTime(),
                false);
    }

    /** Returns when the broker was asked once, or does not answer, so that who asks for the health next is not told that nothing is known. */
    void start() {
        thread.start();
        try {
            if (!asked.await(FIRST_LOOK_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("the broker does not answer at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        thread.interrupt();
    }

    /** Why the service is of no use, if it is; a broker that was there and is away for a moment is no reason. */
    Optional<String> trouble() {
        return switch (state) {
            case State.Well() -> Optional.empty();
            case State.Troubled(BrokerTrouble trouble, long since, boolean wasWell) ->
                trouble.passing() && wasWell && System.nanoTime() - since < LONGEST_SILENCE.toNanos()
                        ? Optional.empty()
                        : Optional.of(trouble.text());
        };
    }

    private void watchForEver() {
        try {
            while (true) {
                ask();
            }
        } catch (InterruptedException e) {
            LOG.debug("the watch over the broker ends");
        }
    }

    /** As long as all is well with one client; a new one after trouble, since clients remember some of it. */
    private void ask() throws InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            Optional<BrokerTrouble> found = look(admin);
            note(found);
            while (found.isEmpty()) {
                Thread.sleep(pauses.whenWell());
                found = look(admin);
                note(found);
            }
        } catch (KafkaException e) {
            note(Optional.of(BrokerTrouble.of(e, connection)));
        } catch (RuntimeException | Error e) {
            LOG.warn("the broker could not be asked, will try again", e);
        }
        Thread.sleep(pauses.whenNot());
    }

    private Optional<BrokerTrouble> look(Admin admin) throws InterruptedException {
        var topics = admin.describeTopics(needs.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (var each : topics.entrySet()) {
            Optional<BrokerTrouble> found = topic(each.getKey(), each.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        for (var each :
                admin.describeConsumerGroups(needs.groups()).describedGroups().entrySet()) {
            Optional<BrokerTrouble> found = group(each.getKey(), each.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<BrokerTrouble> topic(String name, KafkaFuture<TopicDescription> asked)
            throws InterruptedException {
        try {
            Set<AclOperation> allowed = asked.get().authorizedOperations();
            boolean lacks = lacks(allowed, needs.reads().contains(name) ? AclOperation.READ : AclOperation.WRITE);
            return lacks ? Optional.of(mayNotUse(name)) : Optional.empty();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                // Some brokers make topics when they are first used.
                case UnknownTopicOrPartitionException _ -> Optional.empty();
                case TopicAuthorizationException _ -> Optional.of(mayNotUse(name));
                case null, default -> Optional.of(BrokerTrouble.of(e, connection));
            };
        }
    }

    private BrokerTrouble mayNotUse(String topic) {
        return BrokerTrouble.mayNot(connection, needs.reads().contains(topic) ? "read" : "write", "the topic " + topic);
    }

    /** A broker that does not say what is allowed has no rules, or is too old to tell. */
    private static boolean lacks(Set<AclOperation> allowed, AclOperation operation) {
        return allowed != null && !allowed.contains(operation);
    }

    private Optional<BrokerTrouble> group(String name, KafkaFuture<?> asked) throws InterruptedException {
        try {
            var unused = asked.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            // Whatever else is said of a group, such as that it has no members yet, is no matter here.
            return e.getCause() instanceof GroupAuthorizationException
                    ? Optional.of(BrokerTrouble.mayNot(connection, "read", "in the consumer group " + name))
                    : Optional.empty();
        }
    }

    /** Each trouble is logged once. */
    private void note(Optional<BrokerTrouble> found) {
        remember(found);
        asked.countDown();
    }

    private void remember(Optional<BrokerTrouble> found) {
        State before = state;
        if (found.isEmpty()) {
            if (before instanceof State.Troubled) {
                LOG.infof("the broker lets this service do its work");
            }
            state = new State.Well();
            return;
        }
        BrokerTrouble trouble = found.get();
        switch (before) {
            case State.Well() -> state = new State.Troubled(trouble, System.nanoTime(), true);
            case State.Troubled(BrokerTrouble known, long since, boolean wasWell) -> {
                if (known.equals(trouble)) {
                    return;
                }
                state = new State.Troubled(trouble, since, wasWell);
            }
        }
        if (trouble.passing()) {
            LOG.warn(trouble.text());
        } else {
            LOG.error(trouble.text());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }
}
