package dev.hubferry.sandbox.world;

import dev.hubferry.testbed.ChildProcess;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One replica of a service, in its own process, with a heap that keeps it below 250 MiB resident. */
public final class ServiceProcess implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServiceProcess.class.getName());
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);

    private final Service service;
    private final int replica;
    private final Path application;
    private final Path directory;
    private final List<String> javaOptions;
    private final ServiceInput input;
    private final int port;
    private volatile ChildProcess process;

    private ServiceProcess(
            Service service,
            int replica,
            Path application,
            Path directory,
            int port,
            ServiceInput input,
            List<String> javaOptions) {
        this.service = service;
        this.replica = replica;
        this.application = application;
        this.directory = directory;
        this.port = port;
        this.input = input;
        this.javaOptions = List.copyOf(javaOptions);
        this.process = launch();
    }

    /**
     * What a service is told.
     *
     * @param compose what its container would be given
     * @param world what it has to be told about this world, by property
     * @param secrets a directory in which each file is a secret property; empty: they are in {@code world}
     */
    record Given(ComposeFile compose, Map<String, String> world, Optional<Path> secrets) {}

    /**
     * Starts a replica and does not wait.
     *
     * @param application directory with quarkus-run.jar
     * @param directory for settings and log
     * @param given what it is told
     * @param javaOptions besides the usual ones
     */
    static ServiceProcess start(
            Service service, int replica, Path application, Path directory, Given given, List<String> javaOptions) {
        if (!Files.exists(application.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException(service.module() + " is not built: no quarkus-run.jar in " + application);
        }
        int port = FreePorts.next();
        Map<String, String> settings = new HashMap<>(given.world());
        settings.put("quarkus.http.port", Integer.toString(port));
        ServiceInput input = ServiceInput.write(
                new Given(given.compose(), settings, given.secrets()),
                service,
                directory.resolve(name(service, replica)));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} is started as docker-compose.yml says, but for: {1}",
                name(service, replica),
                String.join(", ", new TreeSet<>(input.laidOver().keySet())));
        return new ServiceProcess(service, replica, application, directory, port, input, javaOptions);
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

    /** Properties of this world that docker-compose.yml does not give the service, or gives otherwise, with their values. */
    public Map<String, String> laidOver() {
        return input.laidOver();
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
        return name(service, replica);
    }

    private static String name(Service service, int replica) {
        return service.module() + "-" + replica;
    }

    private ChildProcess launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow"));
        // Both relative, and the process runs where they are: a cache holds the names that it was made with.
        if (Files.exists(application.resolve("app.aot"))) {
            command.add("-XX:AOTCache=app.aot");
        }
        command.addAll(input.javaOptions());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        Map<String, String> environment = new HashMap<>(input.environment());
        // Fewer malloc arenas: with the default each thread may get one, and the process grows by tens of MiB.
        environment.put("MALLOC_ARENA_MAX", "2");
        return ChildProcess.start(
                new ChildProcess.Spec(name(), command, environment, application, directory.resolve(name() + ".log")));
    }
}
