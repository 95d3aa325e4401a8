package dev.hubferry.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;

/** The database that a real JupyterHub 3.0.0 wrote (256 users, groups, roles, tokens), and variants of it. */
public final class HubDatabases {
    /** Accounts in the real database. */
    public static final int USERS = 256;

    /** Its schema. */
    public static final String HEAD = "651f5419b74d";

    private HubDatabases() {}

    /** A copy at {@code path}, with {@code changes} made. */
    public static Path copy(Path path, String... changes) {
        try (InputStream real = HubDatabases.class.getResourceAsStream("/jupyterhub-3.0.0.sqlite")) {
            Files.write(path, Objects.requireNonNull(real).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        change(path, changes);
        return path;
    }

    /**
     * Leaves the database as a process does that is killed in the middle of a transaction, part of which is on disk already: with a hot
     * journal, without which the file is torn.
     */
    public static void killInTransaction(Path path) {
        python("""
                import os, sqlite3, sys
                hub = sqlite3.connect(sys.argv[1], isolation_level=None)
                hub.execute("PRAGMA cache_size = 1")
                hub.execute("BEGIN IMMEDIATE")
                hub.execute("UPDATE users SET cookie_id = 'torn ' || id, name = 'torn ' || name || hex(randomblob(100))")
                os._exit(9)
                """, path);
    }

    /** Leaves the database as a process does that is killed in write-ahead mode: with commits that are only in the log. */
    public static void killInWriteAheadMode(Path path) {
        python("""
                import os, sqlite3, sys
                hub = sqlite3.connect(sys.argv[1], isolation_level=None)
                hub.execute("PRAGMA journal_mode = WAL")
                hub.execute("INSERT INTO groups (name) VALUES ('only in the log')")
                os._exit(9)
                """, path);
    }

    private static void python(String script, Path path) {
        try {
            new ProcessBuilder("python3", "-c", script, path.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes changes in an existing one. */
    public static void change(Path path, String... changes) {
        try (Connection connection = open(path);
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.execute(change);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row. */
    public static List<String> texts(Path path, String query) {
        try (Connection connection = open(path);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lower-case hex of a file's SHA-256. */
    public static String sha256(Path path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection open(Path path) throws SQLException {
        return new SQLiteConfig().createConnection("jdbc:sqlite:" + path);
    }
}
