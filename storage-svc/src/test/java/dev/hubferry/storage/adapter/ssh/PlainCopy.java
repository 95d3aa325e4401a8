package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the target's homes without the engine, as if it had: an open route, equal trees, and the marker of who made them. */
final class PlainCopy {
    private PlainCopy() {}

    static void of(TwoHosts hosts) throws IOException, InterruptedException {
        hosts.keeper().open(hosts.route, hosts.run);
        sync(hosts);
        mark(hosts);
    }

    static void sync(TwoHosts hosts) throws IOException, InterruptedException {
        rsync(hosts.sourceHomes, hosts.targetHomes);
    }

    /** Also where size and time do not tell. */
    private static void rsync(Path source, Path target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rsync", "-aHAX", "--numeric-ids", "--delete", "--checksum"));
        command.addAll(List.of("--modify-window=-1", "--exclude=/.projid", "--exclude=/.projects"));
        command.addAll(List.of(source + "/", target + "/"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static void mark(TwoHosts hosts) throws IOException, InterruptedException {
        Path marks =
                Files.createDirectories(Path.of(TargetPlaces.of(hosts.route).marks()));
        String list =
                "cd -- \"$1\" && find . -mindepth 1 -maxdepth 1 ! -name .projid ! -name .projects -printf '%f\\0'";
        Process process = new ProcessBuilder("sh", "-c", list, "sh", hosts.sourceHomes.toString())
                .redirectOutput(
                        marks.resolve(hosts.route.migration() + ".homes").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        Files.writeString(marks.resolve(hosts.route.migration() + ".source"), "test\n");
    }
}
