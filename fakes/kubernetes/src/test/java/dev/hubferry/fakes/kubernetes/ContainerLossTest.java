package dev.hubferry.fakes.kubernetes;

import static dev.hubferry.fakes.kubernetes.TestCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that dies without a word takes the processes of its pods along. */
class ContainerLossTest {

    private static final String SLEEP = "sleep 4713";

    @TempDir
    Path directory;

    /** Another JVM, whose pod sleeps. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            FakeKubernetes fake = FakeKubernetes.start(FakeKubernetesConfig.builder("victim", Path.of(arguments[0]))
                    .build());
            fake.world().create("""
                            apiVersion: v1
                            kind: Pod
                            metadata: {name: p, namespace: hub}
                            spec: {containers: [{name: main, image: busybox, command: [sleep, "4713"]}]}
                            """);
            fake.world().await("pod runs", Duration.ofSeconds(20), () -> isRunning(fake));
            System.out.println("running");
            Thread.sleep(Duration.ofMinutes(5));
        }

        private static boolean isRunning(FakeKubernetes fake) {
            return fake.world()
                    .find(ResourceTypes.PODS, "hub", "p")
                    .filter(pod -> "Running".equals(Json.text(pod, "status", "phase")))
                    .isPresent();
        }
    }

    @Test
    void endsEveryProcessWhenTheJvmIsKilled() throws Exception {
        // Given
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = victim.inputReader()) {
            assertThat(output.lines().anyMatch("running"::equals)).isTrue();
            assertThat(isSleeping()).isTrue();

            // When
            victim.destroyForcibly();

            // Then
            eventually(() -> !isSleeping());
        } finally {
            victim.destroyForcibly();
        }
    }

    private static boolean isSleeping() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith(SLEEP))
                        .isPresent());
    }
}
