package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.contracts.Problem;
import dev.hubferry.storage.adapter.ssh.PassPlan.End;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
    @Test
    void addsUpWhatSeveralRsyncsSay() {
        // Given
        String status = """
                running
                out batch-1/rsync.0.out
                       1024  50%    1.00kB/s    0:00:00 (xfr#3, ir-chk=7/20)
                       4096 100%    1.00kB/s    0:00:00 (xfr#5, to-chk=0/30)
                out batch-1/rsync.1.out

                Number of files: 9 (reg: 4, dir: 5)
                Number of regular files transferred: 2
                Literal data: 100 bytes
                out batch-2/rsync.0.out
                      12345   3%
                end batch-1
                """;
        // When
        PassStatus read = PassStatus.parse(status);
        // Then
        assertThat(read.state()).isEqualTo("running");
        assertThat(read.done())
                .containsOnly(
                        Map.entry("batch-1", new RsyncProgress(4196, 7)),
                        Map.entry("batch-2", new RsyncProgress(12345, 0)));
        assertThat(read.ended()).containsExactly("batch-1");
        assertThat(read.sums()).isEqualTo(new RsyncProgress(16541, 7));
    }

    @Test
    void readsPassesAndLeavesOutOneWithoutAPlan() {
        // Given
        PassPlan plan = new PassPlan(
                1,
                "m/seed-homes/do/1",
                Kind.SEED,
                Instant.parse("2026-03-01T12:00:00.5Z"),
                Instant.parse("2026-03-01T12:00:02Z"),
                new BigDecimal("1772366400.123456789"),
                ".//d 755 0 0 0 1772366400.1000000000 1772366400.2000000000 2 3//",
                10,
                new PassPlan.Work(8, 1000, 3),
                true,
                new End.Ended(24, Duration.ofMillis(12_250)));
        String text = "pass 1\n" + plan.text() + "prepared\nexit 24 100.250000000 112.500000000\npass 2\n";
        // When, Then
        assertThat(PassPlan.parse(text)).containsExactly(plan);
    }

    @Test
    void readsRecordsLongerThanItsBuffer() throws IOException {
        // Given
        String large = "x".repeat(200_000);
        NulRecords records =
                new NulRecords(new ByteArrayInputStream((large + "\0\0b\0").getBytes(StandardCharsets.ISO_8859_1)));
        // When, Then
        assertThat(records.next()).contains(large);
        assertThat(records.next()).contains("");
        assertThat(records.next()).contains("b");
        assertThat(records.next()).isEmpty();
    }

    @Test
    void refusesARecordThatIsCutOff() throws IOException {
        // Given
        NulRecords records = new NulRecords(new ByteArrayInputStream("a\0b".getBytes(StandardCharsets.ISO_8859_1)));
        // When, Then
        assertThat(records.next()).contains("a");
        assertThatThrownBy(records::next).isInstanceOf(IOException.class);
    }

    @Test
    void readsAttributesOfNamesWithEscapes() throws IOException {
        // Given
        String output = "# file: ./a\\012b\\134\nuser.x=0x01\nuser.a=0x02\n\n# file: ./z\nuser.y\n\n";
        AttributeRecords attributes =
                new AttributeRecords(new ByteArrayInputStream(output.getBytes(StandardCharsets.ISO_8859_1)));
        // When, Then
        assertThat(attributes.of("./a")).isEmpty();
        assertThat(attributes.of("./a\nb\\")).isEqualTo("user.a=0x02\nuser.x=0x01");
        assertThatThrownBy(attributes::expectEnd).isInstanceOf(IllegalStateException.class);
        assertThat(attributes.of("./z")).isEqualTo("user.y");
        attributes.expectEnd();
    }

    @Test
    void namesWhatAHostLacks() {
        // Given
        String tools = HostFacts.TARGET_TOOLS.stream()
                .filter(tool -> !tool.equals("getfattr"))
                .map(tool -> "tool " + tool + "\n")
                .collect(Collectors.joining());
        String text = tools
                + "find find: unrecognized option: version BusyBox v1.36\nrsync rsync  version 3.1.2  protocol version 31\n"
                + "feature comm\nfeature sort\nfeature sha256sum\n";
        // When
        List<Problem> problems = HostFacts.parse(text).missing("new", HostFacts.TARGET_TOOLS);
        // Then
        assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.TOOL_MISSING);
        assertThat(problems)
                .extracting(Problem::detail)
                .satisfiesExactly(
                        missing -> assertThat(missing).isEqualTo("missing: getfattr"),
                        find -> assertThat(find).contains("BusyBox", "-printf"),
                        sed -> assertThat(sed).startsWith("sed does not take NUL-separated lists"),
                        rsync -> assertThat(rsync).contains("3.1.2", "3.1.3"));
    }

    @Test
    void findsPinnedKeysByPlainAndHashedName(@TempDir Path directory) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("known_hosts"), """
                # comment
                [127.0.0.2]:2222,other ssh-ed25519 AAAA
                @revoked [127.0.0.2]:2222 ssh-rsa BBBB
                127.0.0.2 ssh-rsa CCCC
                """);
        // When, Then
        assertThat(KnownHosts.read(file, "127.0.0.2", 2222).types()).containsExactly("ssh-ed25519");
        assertThat(KnownHosts.read(file, "127.0.0.2", 22).types()).containsExactly("ssh-rsa");
        assertThat(KnownHosts.read(file, "127.0.0.9", 22).keys()).isEmpty();
    }

    @Test
    void findsPinnedKeysByHashedName(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.2]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGKqY5BLlq0jPBX5qeJ0hNqCMO1jYQ4CM1BVzbFaqKnP\n");
        new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                .start()
                .waitFor();
        // When, Then
        assertThat(file).content().startsWith("|1|");
        assertThat(KnownHosts.read(file, "127.0.0.2", 2222).types()).containsExactly("ssh-ed25519");
        assertThat(KnownHosts.read(file, "127.0.0.3", 2222).types()).isEmpty();
    }
}
