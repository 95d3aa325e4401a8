package dev.hubferry.db.adapter.sqlite;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.domain.DatabaseDoctor;
import dev.hubferry.db.domain.Examination;
import dev.hubferry.db.domain.Healing;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.Relocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** The database doctor on SQLite itself. */
public final class SqliteDatabaseDoctor implements DatabaseDoctor {
    @Override
    public Examination examine(Path database) {
        long size = sizeOf(database);
        try (Connection connection = openToRead(database)) {
            return new HubTables(connection).examine(size);
        } catch (SQLException e) {
            return Examination.damaged(List.of(said(e)), size);
        }
    }

    @Override
    public Healing heal(Path database, Relocation relocation) {
        try (Connection connection = openToWrite(database)) {
            connection.setAutoCommit(false);
            Healing healing = new Treatment(connection, relocation).apply();
            connection.commit();
            return healing;
        } catch (SQLException e) {
            throw Refusal.of(
                    ErrorCode.DATABASE_CORRUPT,
                    "the copy of the source's database",
                    "it cannot be made fit for the target: " + said(e),
                    "check the source's database with sqlite3 and PRAGMA integrity_check");
        }
    }

    /** Immutable: a copy is whole in itself and nobody writes to it, so SQLite needs no lock and leaves no file beside it. */
    private static Connection openToRead(Path database) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + database.toUri() + "?immutable=1");
    }

    private static Connection openToWrite(Path database) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Off, as in every SQLite connection that does not ask for it: healing removes rows by itself, never by
        // cascade.
        config.enforceForeignKeys(false);
        return config.createConnection("jdbc:sqlite:" + database.toUri());
    }

    private static long sizeOf(Path database) {
        try {
            return Files.size(database);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + database.getFileName() + " cannot be read", e);
        }
    }

    /** What SQLite said, without the values of rows, which its messages never hold. */
    private static String said(SQLException e) {
        return String.valueOf(e.getMessage());
    }
}
