package dev.hubferry.failpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sample.Ledger;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ControlDirectory control;

    @SuppressWarnings("NullAway.Init")
    private Path jar;

    @BeforeEach
    void makeAgent() throws IOException {
        control = ControlDirectory.make(directory.resolve("control"));
        jar = AgentJar.write(directory.resolve("agent.jar"));
    }

    @Test
    void aProcessThatIsNotArmedRunsToItsEndAndTellsWhatItCameBy() throws Exception {
        // When
        Run run = run();

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.said())
                .containsExactly("writing", "wrote 97", "writing", "wrote 98", "sent", "polled 02false", "failed");
        assertThat(control.hits())
                .containsExactly(
                        new Hit("ledger.write", Moment.BEFORE),
                        new Hit("ledger.write", Moment.AFTER),
                        new Hit("ledger.write", Moment.BEFORE),
                        new Hit("ledger.write", Moment.AFTER),
                        new Hit("ledger.send", Moment.BEFORE),
                        new Hit("ledger.send", Moment.AFTER),
                        new Hit("ledger.poll", Moment.BEFORE),
                        new Hit("ledger.poll", Moment.BEFORE),
                        new Hit("ledger.poll", Moment.AFTER),
                        new Hit("ledger.is-there", Moment.BEFORE),
                        new Hit("ledger.fail", Moment.BEFORE));
    }

    @Test
    void itHaltsBeforeAnythingOfTheMethodHasHappened() throws Exception {
        // Given
        control.arm(new Arm("ledger.write", Moment.BEFORE, 2));

        // When
        Run run = run();

        // Then
        assertThat(run.exitCode()).isEqualTo(Halts.KILLED);
        assertThat(run.said()).containsExactly("writing", "wrote 97");
    }

    @Test
    void itHaltsAfterAllOfTheMethodHasHappenedAndBeforeItsCallerKnows() throws Exception {
        // Given
        control.arm(new Arm("ledger.write", Moment.AFTER, 2));

        // When
        Run run = run();

        // Then
        assertThat(run.exitCode()).isEqualTo(Halts.KILLED);
        assertThat(run.said()).containsExactly("writing", "wrote 97", "writing");
    }

    @Test
    void itHaltsOnce() throws Exception {
        // Given
        control.arm(new Arm("ledger.send", Moment.AFTER, 1));

        // When
        Run first = run();
        Run second = run();

        // Then
        assertThat(first.exitCode()).isEqualTo(Halts.KILLED);
        assertThat(control.hasHalted()).isTrue();
        assertThat(second.exitCode()).isZero();
    }

    @Test
    void aPointThatIsNotReachedStaysArmed() throws Exception {
        // Given
        control.arm(new Arm("ledger.fail", Moment.AFTER, 1));

        // When
        Run run = run();

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(control.hasHalted()).isFalse();
        assertThat(control.armed()).contains(new Arm("ledger.fail", Moment.AFTER, 1));
    }

    private record Run(int exitCode, List<String> said) {}

    private Run run() throws IOException {
        Path log = Files.createTempFile(directory, "ledger", ".log");
        ChildProcess process = ChildProcess.start(new ChildProcess.Spec(
                "ledger",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        control.agentArgument(jar),
                        "-cp",
                        "target/test-classes",
                        Ledger.class.getName(),
                        "a",
                        "b"),
                Map.of(),
                Path.of(".").toAbsolutePath(),
                log));
        Await.until("the process to end", Duration.ofMinutes(1), () -> !process.isAlive());
        return new Run(process.exitCode(), Files.readAllLines(log));
    }
}
