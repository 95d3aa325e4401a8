package dev.hubferry.sandbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.homes.HomesGenerator;
import dev.hubferry.sandbox.homes.HomesSpec;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserAtWorkTest {
    @TempDir
    Path directory;

    private Path homes;
    private Path journal;

    @BeforeEach
    void makeHomes() {
        homes = directory.resolve("homes");
        journal = directory.resolve("writes.jsonl");
        HomesGenerator.generate(homes, new HomesSpec(List.of("anna", "ben"), 300, 2, 3));
    }

    @Test
    void journalsEveryKindOfChangeOfSeveralUsers() throws Exception {
        // When
        try (UserAtWork anna = start("anna");
                UserAtWork ben = start("ben")) {
            awaitLines(200);
            assertThat(anna.process().isAlive()).isTrue();
            assertThat(ben.process().isAlive()).isTrue();
        }

        // Then
        String all = Files.readString(journal);
        Set<String> kinds = all.lines()
                .map(line -> line.replaceFirst(".*\"op\": \"([^\"]*)\".*", "$1"))
                .collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder("new", "append", "rename-over", "edit", "delete");
        assertThat(all).contains("\"home\": \"anna\"").contains("\"home\": \"ben\"");
        assertThat(WritesVerifier.verify(journal, homes).lost()).isEmpty();
    }

    @Test
    void leavesOnlyAnUnacknowledgedChangeWhenKilled() throws Exception {
        // Given
        for (int round = 0; round < 4; round++) {
            UserAtWork anna = start("anna");
            awaitLines((round + 1) * 40);

            // When
            anna.process().kill();
        }

        // Then
        WritesVerifier.Verdict verdict = WritesVerifier.verify(journal, homes);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.lines()).isGreaterThanOrEqualTo(160);
        assertThat(verdict.unacknowledged()).isBetween(0, 4);
    }

    @Test
    void isStoppedWithinAMomentAndWithoutAChangeInDoubt() throws Exception {
        // Given
        UserAtWork anna = start("anna");
        awaitLines(20);

        // When
        anna.stop(Duration.ofMinutes(1));

        // Then
        assertThat(anna.process().exitCode()).isZero();
        assertThat(WritesVerifier.verify(journal, homes).unacknowledged()).isZero();
    }

    @Test
    void findsALostWrite() throws Exception {
        // Given
        try (UserAtWork anna = start("anna")) {
            awaitLines(20);
            assertThat(anna.process().isAlive()).isTrue();
        }
        Path copy = directory.resolve("copy");
        new ProcessBuilder("cp", "-a", homes.toString(), copy.toString())
                .start()
                .waitFor();
        String victim = "find \"$1\"/anna/work -type f -print0 | head -z -n 1 | xargs -0 rm";

        // When
        boolean before = WritesVerifier.verify(journal, copy).allFound();
        new ProcessBuilder("sh", "-c", victim, "sh", copy.toString()).start().waitFor();

        // Then
        assertThat(before).isTrue();
        assertThat(WritesVerifier.verify(journal, copy).lost()).hasSize(1);
    }

    @Test
    void keepsTheHomeInTheUsersPossession() throws Exception {
        // When
        try (UserAtWork anna = start("anna")) {
            awaitLines(30);
            assertThat(anna.process().isAlive()).isTrue();
        }

        // Then
        if (System.getProperty("user.name").equals("root")) {
            assertThat(Files.getAttribute(homes.resolve("anna/work"), "unix:uid"))
                    .isEqualTo(1000);
        }
    }

    private UserAtWork start(String user) {
        return UserAtWork.start(
                directory.resolve("run-" + user), new UserAtWork.Job(user, homes.resolve(user), journal, 200, 7));
    }

    private void awaitLines(int count) {
        Await.until(count + " lines in the journal", Duration.ofSeconds(60), () -> {
            if (!Files.exists(journal)) {
                return false;
            }
            return countLines() >= count;
        });
    }

    private long countLines() throws IOException {
        try (var lines = Files.lines(journal)) {
            return lines.count();
        }
    }
}
