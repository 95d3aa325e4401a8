package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.SharedParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas of one service on one database. */
class ReplicasTest {
    private static final int REPLICAS = 3;

    private final TestDatabase database = TestDatabase.create();
    private final Producer<String, byte[]> producer = KafkaProducers.create(
            Map.of("bootstrap.servers", SharedParts.kafka().bootstrapServers()));
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<String, List<MessageId>> ended = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final List<Kit> replicas = new ArrayList<>();

    private Wire wire;

    @BeforeEach
    void start() {
        wire = new Wire(SharedParts.kafka().bootstrapServers(), Topics.REPLIES);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new Kit(database, producer, new ScriptedHandler(this::watchForOverlaps)).start());
        }
    }

    @AfterEach
    void stop() {
        replicas.forEach(Kit::close);
        producer.close();
        wire.close();
    }

    private Reply watchForOverlaps(DnsCommand command, Execution execution) throws InterruptedException {
        AtomicInteger here = running.computeIfAbsent(command.zone(), _ -> new AtomicInteger());
        if (here.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        Thread.sleep(2);
        ended.computeIfAbsent(command.zone(), _ -> new CopyOnWriteArrayList<>())
                .add(execution.envelope().id());
        here.decrementAndGet();
        return Samples.DONE;
    }

    @Test
    void runOneCommandOfAKeyAtATimeInTheOrderOfArrival() {
        // Given
        List<String> zones = List.of("a", "b", "c", "d");
        MigrationId migration = Samples.newMigration();
        List<Message<?>> commands = IntStream.range(0, 200)
                .<Message<?>>mapToObj(i -> Samples.command(migration, i + 1, zones.get(i % zones.size())))
                .toList();
        // When
        for (int i = 0; i < commands.size(); i++) {
            replicas.get(i % REPLICAS).accept(commands.get(i));
        }
        Kit.until("all replies", () -> wire.messages(Topics.REPLIES, migration).size() == commands.size());
        // Then
        assertThat(overlaps).hasValue(0);
        for (int zone = 0; zone < zones.size(); zone++) {
            int at = zone;
            assertThat(ended.get(zones.get(zone)))
                    .containsExactlyElementsOf(IntStream.range(0, commands.size())
                            .filter(i -> i % zones.size() == at)
                            .mapToObj(i -> commands.get(i).envelope().id())
                            .toList());
        }
    }

    @Test
    void handleACommandOnceThatArrivesAtAllOfThem() {
        // Given
        Message<?> command = Samples.command(Samples.newMigration(), 1);
        // When
        replicas.forEach(replica -> replica.accept(command, command));
        wire.awaitReply(command);
        replicas.forEach(replica -> replica.accept(command));
        // Then
        assertThat(ended.get(command.envelope().migration().value()))
                .containsExactly(command.envelope().id());
        assertThat(database.rows("select state, epoch from inbox")).containsExactly("DONE 1");
    }
}
