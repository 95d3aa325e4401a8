package dev.hubferry.testbed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * A real Postgres on 127.0.0.1 whose super-user {@code postgres} needs no password.
 *
 * <p>It also works for root: the server then runs in a user namespace. When this JVM is killed, a guard process
 * notices its closed stdin and stops the server.
 */
public final class PostgresServer implements AutoCloseable {
    /** The super-user, accepted without a password. */
    public static final String USER = "postgres";

    private static final String GUARD = """
            cat >/dev/null
            pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) && [ -n "$pid" ] && kill -QUIT "$pid"
            """;

    private static final String SECURED = """
            host    all  postgres  127.0.0.1/32  trust
            hostssl all  all       127.0.0.1/32  scram-sha-256
            """;

    private final Options options;
    private final int port;
    private EmbeddedPostgres postgres;
    private final Process guard;

    private PostgresServer(Options options) {
        this.options = options;
        this.port = FreePorts.next();
        this.postgres = launch();
        this.guard = startGuard();
        AtExit.add(this::close);
    }

    /**
     * How to run the server.
     *
     * @param directory holds data and log; deleted on close when {@code deleteOnClose}
     * @param fsync whether commits reach the disk; off is faster and survives {@link #kill}, not a power cut
     * @param maxConnections of all clients together
     * @param deleteOnClose whether close removes the directory
     */
    public record Options(Path directory, boolean fsync, int maxConnections, boolean deleteOnClose) {
        /** In a temporary directory, without fsync. */
        public static Options defaults() {
            return new Options(Directories.temporary("hubferry-postgres-"), false, 200, true);
        }

        /** In the given directory, which is kept; without fsync. */
        public static Options in(Path directory) {
            return new Options(directory.toAbsolutePath(), false, 200, false);
        }

        public Options withFsync(boolean on) {
            return new Options(directory, on, maxConnections, deleteOnClose);
        }
    }

    /** Starts a server with {@link Options#defaults()}. */
    public static PostgresServer start() {
        return start(Options.defaults());
    }

    /** Starts a server and waits until it answers; data that stands in the directory already is used. */
    public static PostgresServer start(Options options) {
        return new PostgresServer(options);
    }

    public int port() {
        return port;
    }

    /** Process id of the postmaster; 0 when it does not run. */
    public long pid() {
        try {
            return Files.readAllLines(options.directory().resolve("data/postmaster.pid")).stream()
                    .findFirst()
                    .map(line -> Long.valueOf(line.strip()))
                    .filter(pid -> ProcessHandle.of(pid).isPresent())
                    .orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }

    /** JDBC URL of a database, without user; the super-user is {@link #USER}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Connections to a database as the super-user, not pooled. */
    public DataSource dataSource(String database) {
        var source = new org.postgresql.ds.PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(USER);
        source.setPassword(USER);
        return source;
    }

    /** Creates an empty database. */
    public void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        execute("create database " + name);
    }

    /** Creates the database unless it exists; returns its JDBC URL. */
    public synchronized String ensureDatabase(String name) {
        try (Connection connection = dataSource(USER).getConnection();
                var query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            if (!query.executeQuery().next()) {
                createDatabase(name);
            }
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new TestbedException("cannot look for database " + name, e);
        }
    }

    /** Runs a statement as the super-user in the database {@code postgres}. */
    public void execute(String sql) {
        execute(USER, sql);
    }

    /** Runs statements as the super-user. */
    public void execute(String database, String sql) {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new TestbedException("statement failed: " + sql, e);
        }
    }

    /**
     * Lets in by TLS and password (SCRAM-SHA-256) only, but for the super-user, whose way in stays as it was. May be done
     * again with another identity, which new connections see.
     */
    public void secure(CertificateAuthority.Identity identity) {
        Path data = options.directory().resolve("data");
        KafkaSecurity.writePrivate(data.resolve("server.key"), identity.key());
        KafkaSecurity.writePrivate(data.resolve("server.crt"), identity.certificate());
        KafkaSecurity.writePrivate(data.resolve("pg_hba.conf"), SECURED);
        execute("alter system set ssl = on");
        execute("select pg_reload_conf()");
        // The postmaster reads what it is told to read a moment later.
        Await.until("postgres to speak TLS", Duration.ofSeconds(20), this::speaksTls);
    }

    private boolean speaksTls() throws SQLException {
        try (Connection connection = dataSource(USER).getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("show ssl")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    /** Stops the server at once without a checkpoint, as a crash does (SIGQUIT: "immediate shutdown"). */
    public void kill() {
        long pid = pid();
        if (pid != 0) {
            signalQuit(pid);
            Await.until(
                    "postgres to end",
                    Duration.ofSeconds(20),
                    () -> ProcessHandle.of(pid).isEmpty());
        }
        releaseDirectory();
    }

    private void releaseDirectory() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + options.directory(), e);
        }
    }

    /** Starts the server again on the same port and data; kills it first when it runs. */
    public void restart() {
        kill();
        postgres = launch();
    }

    @Override
    public synchronized void close() {
        releaseDirectory();
        kill();
        endGuard();
        if (options.deleteOnClose()) {
            Directories.delete(options.directory());
        }
    }

    private EmbeddedPostgres launch() {
        try {
            Files.createDirectories(options.directory());
            Path data = options.directory().resolve("data");
            var log = ProcessBuilder.Redirect.appendTo(
                    options.directory().resolve("postgres.log").toFile());
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", options.fsync() ? "on" : "off")
                    // The library's default "off" loses commits that were acknowledged before a kill.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", options.fsync() ? "on" : "off")
                    .setServerConfig("max_connections", Integer.toString(options.maxConnections()))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
        } catch (IOException e) {
            throw new TestbedException("cannot start postgres in " + options.directory(), e);
        }
    }

    private Process startGuard() {
        List<String> command = List.of("/bin/sh", "-c", GUARD, "guard", options.directory() + "/data");
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the guard of postgres", e);
        }
    }

    /** Waits on the process itself: {@link Process#onExit} needs a thread of the common pool, and all of those may be waiting for this lock. */
    private void endGuard() {
        try {
            guard.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void signalQuit(long pid) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal postgres", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
