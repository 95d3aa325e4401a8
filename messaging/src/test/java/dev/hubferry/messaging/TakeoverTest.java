package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsReply.Propagated;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Topics;
import dev.hubferry.messaging.ReplicaMain.Halt;
import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas as two processes, with the configuration's defaults. */
class TakeoverTest {
    private static final Duration START_LIMIT = Kit.LIMIT;
    private static final Duration TAKEOVER_LIMIT = Duration.ofMinutes(1);

    private static KafkaBroker broker;

    private final TestDatabase database = TestDatabase.create();
    private final MigrationId migration = Samples.newMigration();

    /** Kept, to be read after a failure. */
    private final Path directory =
            Path.of("target", "replicas", migration.value()).toAbsolutePath();

    private final List<ChildProcess> replicas = new ArrayList<>();
    private final String commands = "commands." + migration;
    private Wire wire;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
        broker.createTopics(1, Topics.REPLIES, Topics.PROGRESS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() {
        broker.createTopics(1, commands);
        GatedHandler.createWorld(database);
        wire = new Wire(broker.bootstrapServers(), Topics.REPLIES, Topics.PROGRESS);
    }

    @AfterEach
    void stop() {
        replicas.forEach(ChildProcess::kill);
        wire.close();
    }

    @Test
    void takesOverWhenTheOwnerIsKilled() {
        // Given
        startReplica(Halt.NEVER);
        startReplica(Halt.NEVER);
        Message<RestoreTtl> command = send(GatedHandler.OBEDIENT);
        Kit.until("the start", () -> epoch() > 0);
        long before = epoch();
        ChildProcess owner = owner();
        // When
        long start = System.nanoTime();
        owner.kill();
        awaitActs(before + 1);
        Duration takeover = Duration.ofNanos(System.nanoTime() - start);
        GatedHandler.open(database, before + 1);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(new Propagated(List.of("epoch-" + (before + 1))));
        assertThat(takeover).isLessThan(TAKEOVER_LIMIT);
        System.out.println("takeover after kill -9: " + takeover.toMillis() + " ms");
    }

    @Test
    void givesCommandsBackAtOnceWhenTheOwnerStopsInOrder() {
        // Given
        ChildProcess owner = startReplica(Halt.NEVER);
        Message<RestoreTtl> command = send(GatedHandler.OBEDIENT);
        awaitActs(1);
        // When
        owner.signal("TERM");
        assertThat(owner.exitCode()).isEqualTo(128 + 15);
        List<String> left = database.rows("select state, owner, lease_until <= clock_timestamp() from inbox");
        startReplica(Halt.NEVER);
        GatedHandler.open(database, 2);
        // Then
        assertThat(left).containsExactly("RUNNING null t");
        assertThat(wire.awaitReply(command)).isEqualTo(new Propagated(List.of("epoch-2")));
    }

    @Test
    void saysNoFailureThatComesOfTheProcessesEnd() {
        // Given
        ChildProcess owner = startReplica(Halt.NEVER);
        Message<RestoreTtl> command = send(GatedHandler.FRAGILE);
        awaitActs(1);
        // When
        owner.signal("TERM");
        assertThat(owner.exitCode()).isEqualTo(128 + 15);
        GatedHandler.openAll(database);
        startReplica(Halt.NEVER);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(new Propagated(List.of("epoch-2")));
    }

    @Test
    void refusesASuspendedOwnerThatWakesUp() {
        // Given
        startReplica(Halt.NEVER);
        startReplica(Halt.NEVER);
        Message<RestoreTtl> command = send(GatedHandler.STUBBORN);
        awaitActs(1);
        ChildProcess owner = owner();
        long start = System.nanoTime();
        owner.freeze();
        awaitActs(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TAKEOVER_LIMIT);
        ChildProcess successor = owner();
        // When
        GatedHandler.open(database, 1);
        owner.thaw();
        Kit.until(
                "the sleeper tried everything",
                () -> GatedHandler.world(database, 1).contains("forget refused"));
        Kit.until("the sleeper gave up", () -> Files.readString(owner.log()).contains("thrown away"));
        assertThat(wire.replies(command)).isEmpty();
        GatedHandler.open(database, 2);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(new Propagated(List.of("epoch-2")));
        assertThat(GatedHandler.world(database, 1))
                .containsExactly("acted", "ensureHeld refused", "forget refused", "journal refused");
        assertThat(GatedHandler.world(database, 2))
                .containsExactly("acted", "ensureHeld allowed", "forget allowed", "journal allowed");
        assertThat(database.rows("select before_json, epoch from effect")).containsExactly("\"epoch-2\" 2");
        Kit.until("progress of the successor", () -> !progress().isEmpty());
        // In good order, so that whatever it still had to say is said.
        owner.signal("TERM");
        assertThat(owner.exitCode()).isEqualTo(128 + 15);
        assertThat(progress()).isNotEmpty().allMatch(progress -> progress.contains("epoch-2"));
        assertThat(wire.replies(command)).hasSize(1);
        assertThat(successor.isAlive()).isTrue();
    }

    @Test
    void losesNoReplyWhenTheProcessEndsBetweenDoneAndPublishing() {
        // Given
        GatedHandler.openAll(database);
        ChildProcess owner = startReplica(Halt.BEFORE_PUBLISHING);
        // When
        Message<RestoreTtl> command = send(GatedHandler.OBEDIENT);
        assertThat(owner.exitCode()).isEqualTo(1);
        assertThat(database.rows("select state from inbox")).containsExactly("DONE");
        assertThat(database.rows("select topic from outbox")).containsExactly(Topics.REPLIES);
        startReplica(Halt.NEVER);
        // Then
        assertThat(wire.awaitReply(command)).isEqualTo(new Propagated(List.of("epoch-" + epoch())));
        Kit.until("an empty outbox", () -> database.rows("select from outbox").isEmpty());
        assertThat(wire.replies(command)).hasSize(1);
    }

    @Test
    void repeatsAReplyUnderItsIdWhenTheProcessEndsBetweenPublishingAndNoting() {
        // Given
        GatedHandler.openAll(database);
        ChildProcess owner = startReplica(Halt.AFTER_PUBLISHING);
        // When
        Message<RestoreTtl> command = send(GatedHandler.OBEDIENT);
        assertThat(owner.exitCode()).isEqualTo(1);
        startReplica(Halt.NEVER);
        Kit.until("the repetition", () -> wire.replies(command).size() == 2);
        // Then
        MessageId id = MessageId.ofReplyTo(command.envelope().id());
        assertThat(wire.replies(command))
                .allSatisfy(reply -> assertThat(reply.envelope().id()).isEqualTo(id));
    }

    private ChildProcess startReplica(Halt halt) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ChildProcess replica = ChildProcess.start(new ChildProcess.Spec(
                "replica",
                List.of(
                        java,
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Dorg.jboss.logging.provider=jdk",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplicaMain.class.getName(),
                        database.url(),
                        broker.bootstrapServers(),
                        commands,
                        halt.name()),
                Map.of(),
                directory,
                directory.resolve("replica-" + replicas.size() + ".log")));
        replicas.add(replica);
        replica.awaitReady(START_LIMIT, () -> Files.readString(replica.log()).contains(ReplicaMain.READY));
        return replica;
    }

    private Message<RestoreTtl> send(String name) {
        Message<RestoreTtl> sample = Samples.command(migration, 1);
        Message<RestoreTtl> command =
                new Message<>(sample.envelope(), new RestoreTtl(sample.body().zone(), name));
        wire.send(commands, command);
        return command;
    }

    /** How many runs the command has had. */
    private long epoch() {
        return database.rows("select epoch from inbox").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private ChildProcess owner() {
        String owner = database.rows("select owner from inbox").getFirst();
        return replicas.stream()
                .filter(replica -> owner.contains(Long.toString(replica.pid())))
                .findFirst()
                .orElseThrow();
    }

    private List<String> progress() {
        return wire.messages(Topics.PROGRESS, migration).stream()
                .map(message -> message.body().toString())
                .toList();
    }

    private void awaitActs(long epoch) {
        Kit.until(
                "acts of epoch " + epoch,
                () -> !GatedHandler.world(database, epoch).isEmpty());
    }
}
