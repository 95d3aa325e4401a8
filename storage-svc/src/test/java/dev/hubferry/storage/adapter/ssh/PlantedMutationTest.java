package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.PathText;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants one change on the target at a time, between the copy and the receipt, with all contents hashed before. */
class PlantedMutationTest {
    private static final int SEEDS = 100;

    @TempDir
    static Path directory;

    private static TwoHosts hosts;

    @BeforeAll
    static void copyAndHash() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        PlainCopy.of(hosts);
        hosts.hashing().hash(hosts.route, hosts.run.then("seed-homes/do/1"));
    }

    @AfterAll
    static void stop() {
        hosts.close();
    }

    private enum Kind {
        CONTENT,
        CONTENT_OF_A_HARD_LINK,
        MODE,
        OWNER,
        MTIME,
        XATTR,
        ACL,
        LINK,
        BROKEN_HARD_LINK,
        MADE_HARD_LINK,
        EXTRA,
        MISSING,
        TYPE
    }

    @Test
    void findsAndNamesEachOfAHundredPlantedMutations() throws Exception {
        FakeRun run = hosts.run.then("verify-homes/do/1");
        String root = hosts.verification().verify(hosts.route, run).receipt().rootHash();
        for (int seed = 0; seed < SEEDS; seed++) {
            // Given
            Random random = new Random(seed);
            Kind kind = Kind.values()[seed % Kind.values().length];
            Path planted = plant(kind, random);
            String named = "./" + hosts.targetHomes.relativize(planted);
            // When, Then
            assertThatThrownBy(() -> hosts.verification().verify(hosts.route, run))
                    .as("seed %d, %s of %s", seed, kind, named)
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TREES_DIFFER);
                        assertThat(refusal.rejected().detail())
                                .contains(PathText.show(bytes(named)) + ": ")
                                .startsWith(
                                        kind == Kind.CONTENT_OF_A_HARD_LINK ? "3 entries differ" : "1 entries differ");
                    });
            takeBack(planted);
        }
        assertThat(hosts.verification().verify(hosts.route, run).receipt().rootHash())
                .isEqualTo(root);
    }

    private static String bytes(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The parent's times are put back, so that nothing else tells of it. */
    private static Path plant(Kind kind, Random random) throws Exception {
        Path home = hosts.targetHomes.resolve(
                List.of("ada", "grace", "-hedy", "jo s\u00e9").get(random.nextInt(4)));
        Path file = pick(home.resolve("deep/er"), random);
        FileTime homeTime = Files.getLastModifiedTime(home);
        Path parent = home.resolve("deep/er");
        FileTime parentTime = Files.getLastModifiedTime(parent);
        Path planted = switch (kind) {
            case CONTENT -> edit(random.nextBoolean() ? file : home.resolve("rich"), random);
            case CONTENT_OF_A_HARD_LINK -> edit(home.resolve("notes.txt"), random);
            case MODE -> attribute(file, "unix:mode", 0100600 | random.nextInt(8));
            case OWNER -> attribute(file, random.nextBoolean() ? "unix:uid" : "unix:gid", 2000 + random.nextInt(9));
            case MTIME ->
                attribute(
                        file,
                        "lastModifiedTime",
                        FileTime.from(
                                Files.getLastModifiedTime(file).toInstant().plusNanos(1 + random.nextInt(9))));
            case XATTR -> xattr(random.nextBoolean() ? file : home.resolve("rich"));
            case ACL -> {
                sh("setfacl", "-m", "u:12" + random.nextInt(9) + ":r", file.toString());
                yield file;
            }
            case LINK -> link(home.resolve("deep/absolute"), "/etc" + random.nextInt(9));
            case BROKEN_HARD_LINK -> breakLink(home.resolve("hard"), home.resolve("notes.txt"));
            case MADE_HARD_LINK -> makeLink(home.resolve("zwin"), file);
            case EXTRA -> Files.createFile(home.resolve("deep/er/" + random.nextInt(1000)));
            case MISSING -> {
                Files.delete(file);
                yield file;
            }
            case TYPE -> {
                Files.delete(file);
                Files.createSymbolicLink(file, Path.of("x"));
                yield file;
            }
        };
        Files.setLastModifiedTime(parent, parentTime);
        Files.setLastModifiedTime(home.resolve("deep"), Files.getLastModifiedTime(same(home.resolve("deep"))));
        Files.setLastModifiedTime(home, homeTime);
        return planted;
    }

    private static Path pick(Path parent, Random random) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            List<Path> files = all.filter(
                            file -> Files.isRegularFile(file) && file.toFile().length() > 0)
                    .sorted()
                    .toList();
            return files.get(random.nextInt(files.size()));
        }
    }

    /** Keeps size and mtime. */
    private static Path edit(Path file, Random random) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[random.nextInt(content.length)] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, content);
        Files.setLastModifiedTime(file, before);
        return file;
    }

    private static Path attribute(Path file, String name, Object value) throws IOException {
        Files.setAttribute(file, name, value);
        return file;
    }

    private static Path xattr(Path file) throws IOException {
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write("comment", StandardCharsets.UTF_8.encode("planted"));
        return file;
    }

    private static Path link(Path link, String to) throws Exception {
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of(to));
        Files.setAttribute(link, "unix:uid", 1000, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(link, "unix:gid", 1000, LinkOption.NOFOLLOW_LINKS);
        sh("touch", "-h", "-r", same(link).toString(), link.toString());
        return link;
    }

    private static Path breakLink(Path hard, Path other) throws Exception {
        sh("cp", "-a", "--remove-destination", other.toString(), hard.toString());
        return hard;
    }

    /** A second name that the source does not have. */
    private static Path makeLink(Path link, Path file) throws IOException {
        return Files.createLink(link, file);
    }

    private static void takeBack(Path planted) throws Exception {
        PlainCopy.sync(hosts);
        assertThat(planted)
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(Files.exists(same(path), LinkOption.NOFOLLOW_LINKS))
                                .isTrue());
    }

    private static Path same(Path onTarget) {
        return hosts.sourceHomes.resolve(hosts.targetHomes.relativize(onTarget));
    }

    private static void sh(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).start().waitFor(Duration.ofSeconds(10)))
                .isTrue();
    }
}
