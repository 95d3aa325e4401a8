package dev.hubferry.messaging;

import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * What a service has to be allowed at the broker to be of use; what it can do without, such as progress, is not among it.
 *
 * @param reads topics
 * @param writes topics
 * @param groups of its consumers
 */
record BrokerNeeds(Set<String> reads, Set<String> writes, Set<String> groups) {
    private static final String CHANNEL = "mp.messaging.incoming.";
    private static final String TOPIC = ".topic";

    BrokerNeeds {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
        groups = Set.copyOf(groups);
    }

    /** Of a service whose channels are configured so. */
    static BrokerNeeds of(Config config, boolean participant) {
        Set<String> reads = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(CHANNEL) && name.endsWith(TOPIC)) {
                String channel = name.substring(0, name.length() - TOPIC.length());
                if (config.getOptionalValue(channel + ".health-enabled", Boolean.class)
                        .orElse(true)) {
                    reads.add(config.getValue(name, String.class));
                    config.getOptionalValue(channel + ".group.id", String.class).ifPresent(groups::add);
                }
            }
        }
        return new BrokerNeeds(reads, participant ? ofParticipant() : ofOrchestrator(), groups);
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>(reads);
        topics.addAll(writes);
        return topics;
    }

    private static Set<String> ofParticipant() {
        return Set.of(Topics.REPLIES, Topics.DEAD_LETTERS);
    }

    private static Set<String> ofOrchestrator() {
        Set<String> topics = new TreeSet<>(Set.of(Topics.EVENTS, Topics.DEAD_LETTERS));
        Arrays.stream(Participant.values()).map(Topics::commandsFor).forEach(topics::add);
        return topics;
    }
}
