package dev.hubferry.sandbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.node.Mount;
import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.sandbox.homes.HomesGenerator;
import dev.hubferry.sandbox.homes.HomesSpec;
import dev.hubferry.testbed.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRuntimeTest {
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void endsTheWorkOfUsersWhosePodsRunOnSoThatTheirWritesCanBeVerified() throws Exception {
        // Given
        Path homes = directory.resolve("homes");
        Path journal = directory.resolve("writes.jsonl");
        HomesGenerator.generate(homes, new HomesSpec(List.of("anna"), 100, 1, 3));
        UserRuntime runtime = new UserRuntime(directory.resolve("users"), journal, 50, 1);
        PodHandle anna =
                runtime.start(new UserPod("anna", homes.resolve("anna"))).orElseThrow();
        Await.until("some work", GRACE, () -> Files.exists(journal) && Files.size(journal) > 2_000);

        // When
        runtime.endWork(GRACE);
        long written = Files.size(journal);

        // Then
        assertThat(anna.ended().toCompletableFuture().get(1, TimeUnit.MINUTES)).isZero();
        WritesVerifier.Verdict verdict = WritesVerifier.verify(journal, homes);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.unacknowledged()).isZero();
        assertThat(runtime.start(new UserPod("anna", homes.resolve("anna")))).isEmpty();
        assertThat(Files.size(journal)).isEqualTo(written);
    }

    /** A user's server as its spawner makes it. */
    private record UserPod(String user, Path home) implements PodContext {
        @Override
        public String namespace() {
            return "astro";
        }

        @Override
        public String name() {
            return "jupyter-" + user;
        }

        @Override
        public ObjectNode manifest() {
            ObjectNode pod = new ObjectMapper().createObjectNode();
            ObjectNode metadata = pod.putObject("metadata");
            metadata.putObject("labels").put("component", "singleuser-server");
            metadata.putObject("annotations").put("hub.jupyter.org/username", user);
            return pod;
        }

        @Override
        public String podIp() {
            return "127.64.0.9";
        }

        @Override
        public List<Mount> mounts() {
            return List.of();
        }

        @Override
        public Path directory(String mountPath) {
            return home;
        }

        @Override
        public void listen(int containerPort, String host, int port) {}

        @Override
        public void log(String line) {}

        @Override
        public void ready(boolean ready) {}
    }
}
