package dev.hubferry.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A chart, as Helm renders it. */
final class Chart {
    static final Chart HUBFERRY = new Chart("hubferry");
    static final Chart ACCESS = new Chart("hubferry-access");

    /** Release and namespace, unless a test has others. */
    static final String RELEASE = "ferry";

    static final String NAMESPACE = "moving";

    private final Path folder;
    private final Path copy;
    private final Map<List<String>, Rendered> rendered = new ConcurrentHashMap<>();

    private Chart(String name) {
        this.folder = Path.of(name).toAbsolutePath();
        this.copy = copied(folder);
    }

    /** Where the chart is. */
    Path folder() {
        return folder;
    }

    /** What Helm itself does with the chart as it stands. */
    Helm helm() {
        assumeHelm();
        return new Helm(folder);
    }

    /** Text of a file of values in {@code ci}. */
    String values(String name) {
        return read(folder.resolve("ci").resolve(name + "-values.yaml"));
    }

    Rendered render(String... values) {
        return renderAs(RELEASE, NAMESPACE, values);
    }

    /** @param values YAML, the later before the earlier */
    Rendered renderAs(String release, String namespace, String... values) {
        assumeHelm();
        List<String> asked =
                Stream.concat(Stream.of(release, namespace), Stream.of(values)).toList();
        return rendered.computeIfAbsent(asked, unused -> renderAnew(release, namespace, values));
    }

    private Rendered renderAnew(String release, String namespace, String... values) {
        TemplateCommand command = new Helm(copy).template().withName(release).withNamespace(namespace);
        try {
            for (String text : values) {
                Path file = Files.createTempFile("values", ".yaml");
                Files.writeString(file, text);
                file.toFile().deleteOnExit();
                command.withValuesFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Rendered.of(command.call());
    }

    /**
     * Helm is a native library in a jar. Where it cannot run the charts are not tested, unless nothing may be a reason to skip a
     * test.
     */
    static void assumeHelm() {
        try {
            var unused = Helm.version().call();
        } catch (LinkageError | IllegalStateException e) {
            if (System.getenv("HUBFERRY_ALL_TESTS") != null || System.getenv("CI") != null) {
                throw e;
            }
            Assumptions.abort("Helm's native library does not run on this machine, the charts are not tested: " + e);
        }
    }

    /**
     * Without two things that the library has no option for: the demand for a version of Kubernetes, since it believes to speak to 1.20;
     * and that the pod of {@code helm test} is a hook, which would leave it out.
     */
    private static Path copied(Path folder) {
        Path copy = Path.of("target", "charts", folder.getFileName().toString()).toAbsolutePath();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(folder.relativize(file));
                Files.createDirectories(to.getParent());
                Files.writeString(
                        to,
                        Files.readString(file)
                                .replaceAll("(?m)^kubeVersion:.*\\R", "")
                                .replaceAll("(?m)^  annotations:\\R(    helm\\.sh/hook.*\\R)+", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
