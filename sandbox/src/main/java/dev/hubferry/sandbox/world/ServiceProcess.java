package dev.hubferry.sandbox.world;

import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One replica of a service, in its own process, with a heap that keeps it below 250 MiB resident. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);

    private final Service service;
    private final int replica;
    private final Path application;
    private final Path directory;
    private final List<String> javaOptions;
    private final int port = FreePorts.next();
    private volatile ChildProcess process;

    private ServiceProcess(
            Service service,
            int replica,
            Path application,
            Path directory,
            Map<String, String> settings,
            List<String> javaOptions) {
        this.service = service;
        this.replica = replica;
        this.application = application;
        this.directory = directory;
        this.javaOptions = List.copyOf(javaOptions);
        write(settings);
        this.process = launch();
    }

    /**
     * Starts a replica and does not wait.
     *
     * @param application directory with quarkus-run.jar
     * @param directory for settings and log
     * @param settings what differs from the service's own defaults
     * @param javaOptions besides the usual ones
     */
    static ServiceProcess start(
            Service service,
            int replica,
            Path application,
            Path directory,
            Map<String, String> settings,
            List<String> javaOptions) {
        if (!Files.exists(application.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException(service.module() + " is not built: no quarkus-run.jar in " + application);
        }
        return new ServiceProcess(service, replica, application, directory, settings, javaOptions);
    }

    public Service service() {
        return service;
    }

    public int replica() {
        return replica;
    }

    /** Where the service answers HTTP. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The process, to kill or freeze it, or to read its memory. */
    public ChildProcess process() {
        return process;
    }

    /** Waits until the service says that it is ready. */
    void awaitReady() {
        process.awaitReady(START_LIMIT, this::isReady);
    }

    /** Starts the replica again after it was killed, and waits until it is ready. */
    public void restart() {
        process.kill();
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.terminate(STOP_GRACE);
    }

    void askToEnd() {
        process.askToEnd();
    }

    private boolean isReady() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) url().resolve("/q/health/ready").toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(3000);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    private String name() {
        return service.module() + "-" + replica;
    }

    private Path settingsFile() {
        return directory.resolve(name() + ".properties");
    }

    private void write(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("config_ordinal", "500");
        all.put("quarkus.http.port", Integer.toString(port));
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        try {
            Files.deleteIfExists(settingsFile());
            Files.createFile(
                    settingsFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(settingsFile(), text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + settingsFile(), e);
        }
    }

    private ChildProcess launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dsmallrye.config.locations=" + settingsFile().toUri()));
        Path cache = application.resolve("app.aot");
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", application.resolve("quarkus-run.jar").toString()));
        return ChildProcess.start(new ChildProcess.Spec(
                name(),
                command,
                // Fewer malloc arenas: with the default each thread may get one, and the process grows by tens of MiB.
                Map.of("MALLOC_ARENA_MAX", "2"),
                directory,
                directory.resolve(name() + ".log")));
    }
}
