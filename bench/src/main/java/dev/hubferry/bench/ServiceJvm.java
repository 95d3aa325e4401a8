package dev.hubferry.bench;

import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A packaged service in a process of its own. */
public final class ServiceJvm implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);

    private final Spec spec;
    private final int port = FreePorts.next();
    private final ChildProcess process;

    private ServiceJvm(Spec spec) {
        this.spec = spec;
        writeSettings();
        this.process = launch();
    }

    /**
     * How to start it.
     *
     * @param name of the process, its settings and its log
     * @param application folder with quarkus-run.jar
     * @param directory for settings, log and flight recording
     * @param settings what differs from the service's own
     * @param record whether to keep a flight recording
     */
    public record Spec(String name, Path application, Path directory, Map<String, String> settings, boolean record) {
        public Spec {
            settings = Map.copyOf(settings);
        }
    }

    /** Starts it and does not wait. */
    public static ServiceJvm start(Spec spec) {
        if (!Files.exists(spec.application().resolve("quarkus-run.jar"))) {
            throw new IllegalStateException(spec.name() + " is not built: no quarkus-run.jar in " + spec.application());
        }
        return new ServiceJvm(spec);
    }

    String name() {
        return spec.name();
    }

    long pid() {
        return process.pid();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady() {
        process.awaitReady(START_LIMIT, this::isReady);
    }

    @Override
    public void close() {
        process.terminate(STOP_GRACE);
    }

    private boolean isReady() throws IOException {
        var connection =
                (HttpURLConnection) url().resolve("/q/health/ready").toURL().openConnection();
        connection.setConnectTimeout(1_000);
        connection.setReadTimeout(3_000);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    private Path settingsFile() {
        return spec.directory().resolve(spec.name() + ".properties");
    }

    private void writeSettings() {
        Map<String, String> all = new TreeMap<>(spec.settings());
        all.put("config_ordinal", "500");
        all.put("quarkus.http.port", Integer.toString(port));
        List<String> lines = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .toList();
        try {
            Files.write(settingsFile(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + settingsFile(), e);
        }
    }

    private ChildProcess launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dsmallrye.config.locations=" + settingsFile().toUri()));
        if (spec.record()) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + spec.directory().resolve(spec.name() + ".jfr"));
        }
        command.addAll(
                List.of("-jar", spec.application().resolve("quarkus-run.jar").toString()));
        return ChildProcess.start(new ChildProcess.Spec(
                spec.name(),
                command,
                Map.of(),
                spec.directory(),
                spec.directory().resolve(spec.name() + ".log")));
    }
}
