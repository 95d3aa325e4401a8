package dev.hubferry.db.adapter.kubernetes;

import static dev.hubferry.db.HubDatabases.sha256;
import static dev.hubferry.db.HubDatabases.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.db.FakeHub;
import dev.hubferry.db.HubDatabases;
import dev.hubferry.db.MemoryTask;
import dev.hubferry.db.adapter.disk.PrivateWorkplace;
import dev.hubferry.db.adapter.sqlite.SqliteDatabaseDoctor;
import dev.hubferry.db.domain.CheckDatabase;
import dev.hubferry.db.domain.DatabaseCarrier;
import dev.hubferry.db.domain.DatabaseDoctor;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.RestoreTargetDatabase;
import dev.hubferry.db.domain.TransferDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way between two clusters whose pods really run. */
class ClusterTransferTest {
    private static final Set<DatabaseConsent> NO_CONSENT = Set.of();
    private static final PodLimits LIMITS = new PodLimits(
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            3,
            "10m",
            "16Mi",
            "256Mi");

    @TempDir
    Path directory;

    private FakeHub source;
    private FakeHub target;
    private ClusterClients clients;
    private CheckDatabase check;
    private TransferDatabase transfer;
    private RestoreTargetDatabase restore;

    @BeforeEach
    void start() {
        source = FakeHub.start(directory, "old", "astro", "3.0.0");
        target = FakeHub.start(directory, "new", "stars", "3.1.1");
        use(LIMITS);
    }

    private void use(PodLimits limits) {
        clients = new ClusterClients(
                Map.of(
                        "old", new ClusterClients.Access(source.kubeconfig(), Optional.empty()),
                        "new", new ClusterClients.Access(target.kubeconfig(), Optional.empty())),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                new SimpleMeterRegistry());
        KubernetesHubInspector inspector = new KubernetesHubInspector(clients);
        PodDatabaseCarrier carrier = new PodDatabaseCarrier(clients, limits);
        PrivateWorkplace workplace = PrivateWorkplace.at(directory.resolve("work"));
        DatabaseDoctor doctor = new SqliteDatabaseDoctor();
        check = new CheckDatabase(inspector, carrier, workplace, doctor);
        transfer = new TransferDatabase(inspector, carrier, workplace, doctor);
        restore = new RestoreTargetDatabase(inspector, carrier);
    }

    @AfterEach
    void stop() {
        clients.close();
        source.close();
        target.close();
    }

    @Test
    void checksARunningHubWithoutDisturbingIt() throws Exception {
        // Given
        source.withDatabase().scale(1);
        target.scale(1);
        Map<String, String> before = source.fingerprint();

        // When
        DbReply.DatabaseChecked checked = check.check(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        assertThat(checked)
                .isEqualTo(new DbReply.DatabaseChecked(
                        "sqlite-pvc", HubDatabases.HEAD, HubDatabases.USERS, 155_648, 0, java.util.List.of()));
        assertThat(source.fingerprint()).isEqualTo(before);
        assertThat(target.fingerprint()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void movesTheDatabaseAndPutsTheTargetsOwnBack() throws Exception {
        // Given
        source.withDatabase("UPDATE spawners SET state = '{\"namespace\": \"astro\"}' WHERE id = 1");
        target.withDatabase("DELETE FROM users WHERE name <> 'root-admin'");
        Map<String, String> sourceBefore = source.fingerprint();
        Map<String, String> targetBefore = target.fingerprint();
        MemoryTask task = MemoryTask.of("m1");

        // When
        DbReply.DatabaseTransferred moved = transfer.transfer(source.ref(), target.ref(), NO_CONSENT, task);

        // Then
        assertThat(moved.users()).isEqualTo(HubDatabases.USERS);
        assertThat(moved.placedSha256()).isEqualTo(sha256(target.database()));
        assertThat(moved.sizeBytes()).isEqualTo(Files.size(target.database()));
        assertThat(texts(target.database(), "SELECT state FROM spawners WHERE id = 1"))
                .containsExactly("{\"namespace\":\"stars\"}");
        assertThat(Files.getAttribute(target.database(), "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(target.database(), "unix:gid")).isEqualTo(1000);
        assertThat(target.fingerprint())
                .containsEntry("jupyterhub.sqlite.hubferry-m1", targetBefore.get("jupyterhub.sqlite"))
                .hasSize(2);
        assertThat(source.fingerprint()).isEqualTo(sourceBefore);
        assertNothingLeft();

        // When
        DbReply.TargetDatabaseRestored restored = restore.restore(source.ref(), target.ref(), task.next());

        // Then
        assertThat(restored.happened()).isTrue();
        assertThat(target.fingerprint()).isEqualTo(targetBefore);
        assertNothingLeft();
        assertThat(restore.restore(source.ref(), target.ref(), task.next()).happened())
                .isFalse();
    }

    @Test
    void leavesATargetWithoutADatabaseWithoutOne() throws Exception {
        // Given
        source.withDatabase();
        MemoryTask task = MemoryTask.of("m1");
        transfer.transfer(source.ref(), target.ref(), NO_CONSENT, task);
        Files.writeString(target.volume().resolve("jupyterhub.sqlite-journal"), "left by the hub that was tried");

        // When
        DbReply.TargetDatabaseRestored restored = restore.restore(source.ref(), target.ref(), task.next());

        // Then
        assertThat(restored.happened()).isTrue();
        assertThat(target.fingerprint()).isEmpty();
    }

    @Test
    void refusesWhileAnythingUsesEitherDatabase() throws Exception {
        // Given
        source.withDatabase();
        target.withDatabase();
        Map<String, String> before = target.fingerprint();
        source.scale(1);

        // When
        Refusal running = refusal(() -> transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1")));

        // Then
        assertThat(running.rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
        assertThat(running.rejected().detail()).contains("Deployment hub asks for 1", "mounts hub-db-dir");

        // Given
        source.scale(0);
        target.cluster().world().create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: debug, namespace: stars}
                spec:
                  volumes: [{name: v, persistentVolumeClaim: {claimName: hub-db-dir}}]
                  containers: [{name: c, image: busybox, command: [sleep, "600"], volumeMounts: [{name: v, mountPath: /v}]}]
                """);

        // When
        Refusal mounted = refusal(() -> transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1")));

        // Then
        assertThat(mounted.rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
        assertThat(mounted.rejected().detail()).contains("pod debug mounts hub-db-dir");
        assertThat(target.fingerprint()).isEqualTo(before);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        // Given
        source.secret(Map.of("hub.config.CryptKeeper.keys", "11".repeat(32)))
                .withDatabase(
                        "UPDATE alembic_version SET version_num = '4621fec11365'",
                        "UPDATE users SET encrypted_auth_state = x'01' WHERE id = 2");
        target.withDatabase("UPDATE users SET name = 'only-' || name WHERE id <= 12");

        // When
        Refusal refusal = refusal(() -> check.check(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1")));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.CHECKS_FAILED);
        assertThat(refusal.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        ErrorCode.DATABASE_TOO_NEW,
                        ErrorCode.DATABASE_TARGET_HAS_USERS,
                        ErrorCode.AUTH_STATE_WOULD_BE_LOST);
        assertThat(refusal.problems())
                .anySatisfy(problem -> assertThat(problem.detail()).contains("12 users", "only-user000", "2 more"));
        assertNothingLeft();
    }

    @Test
    void acceptsWhatTheSpecConsentsToAndSaysWhatUsersWillNotice() throws Exception {
        // Given
        source.secret(Map.of(
                        "hub.config.CryptKeeper.keys",
                        "11".repeat(32),
                        "hub.config.JupyterHub.cookie_secret",
                        "22".repeat(32),
                        "hub.services.grader.apiToken",
                        "s3cret"))
                .withDatabase("UPDATE users SET encrypted_auth_state = x'01' WHERE id = 2");
        target.withDatabase("UPDATE users SET name = 'somebody' WHERE id = 2");

        // When
        DbReply.DatabaseChecked checked = check.check(
                source.ref(),
                target.ref(),
                Set.of(DatabaseConsent.LOSE_AUTH_STATE, DatabaseConsent.REPLACE_TARGET_USERS),
                MemoryTask.of("m1"));

        // Then
        assertThat(checked.targetUsers()).isEqualTo(HubDatabases.USERS);
        assertThat(checked.notices())
                .extracting(Notice::where)
                .containsExactly("target users", "cookie secret", "auth state", "service tokens");
        assertThat(checked.toString())
                .doesNotContain("s3cret")
                .doesNotContain("1111")
                .doesNotContain("2222");
    }

    @Test
    void asksAgainWhenAnAnswerDidNotArriveWhole() throws Exception {
        // Given
        source.withDatabase();
        source.cluster().faults().truncateNextExec(10);
        target.cluster().faults().truncateNextExec(0);

        // When
        DbReply.DatabaseTransferred moved =
                transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        assertThat(sha256(target.database())).isEqualTo(moved.placedSha256());
    }

    @Test
    void rollsBackInTheCopyWhatAKilledHubLeftUnfinished() throws Exception {
        // Given
        source.withDatabase();
        HubDatabases.killInTransaction(source.database());
        giveToHub(source);
        assertThat(source.fingerprint()).containsKey("jupyterhub.sqlite-journal");
        Map<String, String> before = source.fingerprint();

        // When
        DbReply.DatabaseTransferred moved =
                transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        assertThat(moved.users()).isEqualTo(HubDatabases.USERS);
        assertThat(texts(target.database(), "SELECT name FROM users WHERE id = 2"))
                .containsExactly("user000");
        assertThat(source.fingerprint()).isEqualTo(before);
    }

    @Test
    void bringsAlongWhatIsOnlyInTheLog() throws Exception {
        // Given
        source.withDatabase();
        HubDatabases.killInWriteAheadMode(source.database());
        giveToHub(source);
        assertThat(source.fingerprint()).containsKey("jupyterhub.sqlite-wal");
        Map<String, String> before = source.fingerprint();

        // When
        transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        assertThat(texts(target.database(), "SELECT name FROM groups ORDER BY name"))
                .containsExactly("course-a", "only in the log");
        assertThat(source.fingerprint()).isEqualTo(before);
    }

    @Test
    void putsATargetsUnfinishedDatabaseBackWithItsJournal() throws Exception {
        // Given
        source.withDatabase();
        target.withDatabase();
        HubDatabases.killInTransaction(target.database());
        giveToHub(target);
        Map<String, String> before = target.fingerprint();
        MemoryTask task = MemoryTask.of("m1");

        // When
        transfer.transfer(source.ref(), target.ref(), NO_CONSENT, task);

        // Then
        assertThat(target.fingerprint())
                .containsOnlyKeys(
                        "jupyterhub.sqlite", "jupyterhub.sqlite.hubferry-m1", "jupyterhub.sqlite.hubferry-m1-journal");
        assertThat(texts(target.database(), "PRAGMA integrity_check")).containsExactly("ok");

        // When
        restore.restore(source.ref(), target.ref(), task.next());

        // Then
        assertThat(target.fingerprint()).isEqualTo(before);
        assertThat(texts(target.database(), "SELECT name FROM users WHERE id = 2"))
                .containsExactly("user000");
    }

    @Test
    void checksWhileTheHubWrites() throws Exception {
        // Given
        source.withDatabase("CREATE TABLE beats (a INTEGER, b INTEGER)", "INSERT INTO beats VALUES (0, 0)")
                .scale(1);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger beats = new AtomicInteger();
        Thread hub = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                HubDatabases.change(
                        source.database(),
                        "BEGIN",
                        "UPDATE beats SET a = a + 1",
                        "UPDATE beats SET b = b + 1",
                        "COMMIT");
                beats.incrementAndGet();
            }
        });
        source.await("the hub writes", () -> beats.get() > 3);

        // When
        DbReply.DatabaseChecked checked = check.check(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        int during = beats.get();
        source.await("the hub still writes", () -> beats.get() > during);
        stop.set(true);
        hub.join();
        assertThat(checked.users()).isEqualTo(HubDatabases.USERS);
        assertThat(texts(source.database(), "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void readsADatabaseInADirectoryOfItsVolume() throws Exception {
        // Given
        Path directoryOfHub = Files.createDirectory(source.volume().resolve("nested"));
        source.deployment(deployment -> ((ObjectNode) deployment.at("/spec/template/spec/containers/0/volumeMounts/1"))
                .put("subPath", "nested"));
        HubDatabases.copy(directoryOfHub.resolve("jupyterhub.sqlite"));

        // When
        DbReply.DatabaseChecked checked = check.check(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1"));

        // Then
        assertThat(checked.users()).isEqualTo(HubDatabases.USERS);
    }

    @Test
    void takesOverFromARunThatDied() throws Exception {
        // Given
        source.withDatabase();
        target.withDatabase();
        MemoryTask task = MemoryTask.of("m1");
        new PodDatabaseCarrier(clients, LIMITS).open(target.ref(), DatabaseCarrier.Access.CHANGE, task);
        assertThat(target.helperPods()).hasSize(1);

        // When
        DbReply.DatabaseTransferred moved = transfer.transfer(source.ref(), target.ref(), NO_CONSENT, task.next());

        // Then
        assertThat(moved.placedSha256()).isEqualTo(sha256(target.database()));
        assertNothingLeft();
    }

    /** At each look at the lease, which stands before whatever is asked of a pod. */
    @Test
    void endsAndLeavesNoPodBehindWhereverItIsInterrupted() throws Exception {
        // Given
        source.withDatabase();
        boolean interrupted = true;

        for (int call = 0; interrupted; call++) {
            clear(target.volume());
            target.withDatabase();
            MemoryTask task = MemoryTask.of("m" + call).interruptedAt(call);
            FutureTask<DbReply.DatabaseTransferred> run =
                    new FutureTask<>(() -> transfer.transfer(source.ref(), target.ref(), NO_CONSENT, task));

            // When
            Thread.ofVirtual().start(run).join();

            // Then
            interrupted = task.calls() > call;
            assertThat(wasInterrupted(run)).as("interrupted at call %d", call).isEqualTo(interrupted);
            assertNothingLeft();
        }
    }

    private static boolean wasInterrupted(Future<?> run) throws InterruptedException {
        try {
            return run.get() == null;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(InterruptedException.class);
            return true;
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void namesThePodThatDoesNotGetReady() {
        // Given
        source.withDatabase();
        use(new PodLimits(
                Duration.ofMinutes(5),
                Duration.ofMillis(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                3,
                "10m",
                "16Mi",
                "256Mi"));

        // When
        Refusal refusal = refusal(() -> transfer.transfer(source.ref(), target.ref(), NO_CONSENT, MemoryTask.of("m1")));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.HELPER_POD_NOT_READY);
        assertThat(refusal.rejected().detail()).contains("hubferry-db-m1-1-");
        assertNothingLeft();
    }

    private static void giveToHub(FakeHub hub) {
        hub.fingerprint().keySet().forEach(name -> FakeHub.own(hub.volume().resolve(name)));
    }

    private void assertNothingLeft() {
        source.await("no helper pod in the source", () -> source.helperPods().isEmpty());
        target.await("no helper pod in the target", () -> target.helperPods().isEmpty());
        assertThat(directory.resolve("work")).isDirectoryRecursivelyContaining(path -> Files.isDirectory(path));
        assertThat(directory.resolve("work")).isDirectoryNotContaining(path -> Files.isRegularFile(path));
    }

    private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
