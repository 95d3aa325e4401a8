package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {
    @TempDir
    Path directory;

    private TwoHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void countsHomesAndChangesNothing() throws Exception {
        // When
        HomesChecked checked = check();
        // Then
        assertThat(checked.users()).isEqualTo(5);
        assertThat(checked.transport()).contains(Transport.RSYNC);
        assertThat(checked.entries()).isEqualTo(4 * 25 + 1);
        assertThat(checked.bytes()).isPositive();
        assertThat(checked.targetFreeBytes()).isPositive();
        assertThat(checked.targetFreeInodes()).isPositive();
        assertThat(checked.notices()).extracting(Notice::text).anyMatch(text -> text.contains("'.projid'"));
        assertThat(hosts.targetHomes.getParent()).isEmptyDirectory();
        assertThat(hosts.source.home().resolve(".hubferry")).doesNotExist();
    }

    @Test
    void saysTheNumbersWhenTheTargetIsTooSmall() throws Exception {
        // Given: the target's stat -f says that 10 blocks and 3 inodes are free
        CopyFaultsTest.tool(
                hosts.target.home(),
                "stat",
                "case \"$*\" in *room*) echo 'room 4096 10 3 100 ext2/ext3' ;; *) exec /usr/bin/stat \"$@\" ;; esac");
        // When, Then
        assertThat(problems()).extracting(Problem::code).containsExactly(ErrorCode.TARGET_FULL, ErrorCode.TARGET_FULL);
        assertThat(problems())
                .extracting(Problem::detail)
                .anyMatch(detail -> detail.matches("needs [0-9,]+ bytes, but 40,960 are free"))
                .anyMatch(detail -> detail.matches("needs [0-9,]+ inodes, but 3 are free"));
    }

    @Test
    void namesHomesThatStandOnTheTarget() throws Exception {
        // Given
        Files.createDirectories(hosts.targetHomes.resolve("grace"));
        // When, Then
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.HOMES_EXIST_ON_TARGET);
            assertThat(problem.detail()).contains("'grace'");
        });
    }

    @Test
    void saysEverythingAtOnce() throws Exception {
        // Given
        hosts.source.rotateHostKey();
        CopyFaultsTest.tool(
                hosts.target.home(), "find", "echo 'find: unrecognized option: version'; echo BusyBox; exit 1");
        CopyFaultsTest.tool(hosts.target.home(), "rsync", "echo 'rsync  version 3.0.9  protocol version 30'");
        CopyFaultsTest.tool(hosts.target.home(), "tar", "echo 'tar (busybox) 1.35.0'");
        // When
        List<Problem> problems = problems();
        // Then
        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly(ErrorCode.HOST_KEY_CHANGED, ErrorCode.TOOL_MISSING, ErrorCode.TOOL_MISSING);
        assertThat(problems.get(0).detail()).contains("SHA256:");
        assertThat(problems.get(1).detail()).contains("not GNU find");
        assertThat(problems.get(2).detail()).contains("3.0.9", "busybox");
    }

    @Test
    void takesTarWhereBothHaveItAndNotBothHaveRsync() throws Exception {
        // Given
        CopyFaultsTest.tool(hosts.source.home(), "rsync", "echo 'rsync  version 3.0.9  protocol version 30'");
        // When, Then
        HomesChecked checked = check();
        assertThat(checked.transport()).contains(Transport.TAR);
        assertThat(checked.notices()).extracting(Notice::text).anyMatch(text -> text.contains("tar streams"));
        CopyFaultsTest.tool(hosts.target.home(), "tar", "echo 'tar (GNU tar) 1.28'");
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.TOOL_MISSING);
            assertThat(problem.detail()).contains("neither by rsync nor by tar", "3.0.9", "(GNU tar) 1.28");
        });
    }

    @Test
    void namesAnUnreachableHostAMissingDirectoryAndAnEmptyOne() throws Exception {
        // Given
        HomesRef missing = new HomesRef("old", directory + "/nothing/here");
        HomesRef empty = new HomesRef(
                "old", Files.createDirectory(directory.resolve("empty")).toString());
        HomesRef nowhere = new HomesRef("new", directory + "/nothing/there");
        // When, Then
        assertThat(problems(missing, nowhere))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.HOMES_NOT_FOUND, ErrorCode.HOMES_NOT_FOUND);
        assertThat(problems(empty, hosts.route.target()))
                .extracting(Problem::code)
                .containsExactly(ErrorCode.SOURCE_EMPTY);
        hosts.source.stop();
        hosts.hosts.close();
        assertThat(problems()).extracting(Problem::code).containsExactly(ErrorCode.SSH_UNREACHABLE);
    }

    @Test
    void namesASourceThatTheTargetCannotReach() throws Exception {
        // Given
        CopyFaultsTest.tool(
                hosts.target.home(), "ssh", "echo 'ssh: connect to host: Connection timed out' >&2; exit 255");
        // When, Then
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.SSH_UNREACHABLE);
            assertThat(problem.detail()).contains("127.0.0.2", "Connection timed out");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"homes%h", "homes\\", "homes "})
    void refusesAPathThatMeansSomethingElseToRsync(String path) throws Exception {
        // Given
        Path homes = Files.createDirectories(directory.resolve(path));
        Files.createDirectory(homes.resolve("ada"));
        HomesRef source = new HomesRef("old", directory + "/" + path);
        // When, Then
        assertThat(problems(source, hosts.route.target())).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.SPEC_INVALID);
            assertThat(problem.detail()).startsWith("rsync cannot serve");
        });
    }

    @Test
    void refusesAMoveOfADirectoryIntoItself() throws Exception {
        // Given
        HomesRef same = new HomesRef("new", hosts.sourceHomes.toString());
        HomesRef inside =
                new HomesRef("new", hosts.sourceHomes.resolve("ada/homes").toString());
        // When, Then
        assertThat(problems(hosts.route.source(), same))
                .extracting(Problem::code)
                .contains(ErrorCode.SPEC_INVALID);
        assertThat(problems(hosts.route.source(), inside))
                .extracting(Problem::code)
                .contains(ErrorCode.SPEC_INVALID);
    }

    @Test
    void refusesAnAccountWithoutRootsRights() throws Exception {
        // Given
        CopyFaultsTest.tool(hosts.source.home(), "id", "echo 1001");
        // When, Then
        assertThat(problems()).extracting(Problem::code).containsExactly(ErrorCode.NOT_PRIVILEGED);
    }

    private HomesChecked check() throws InterruptedException {
        return new CheckHomes(hosts.inspector())
                .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE);
    }

    private List<Problem> problems() throws InterruptedException {
        return problems(hosts.route.source(), hosts.route.target());
    }

    private List<Problem> problems(HomesRef source, HomesRef target) throws InterruptedException {
        try {
            var unused = new CheckHomes(hosts.inspector()).check(source, target, ExistingHomes.REFUSE);
            return List.of();
        } catch (Refusal refusal) {
            return refusal.rejected().problems();
        }
    }
}
