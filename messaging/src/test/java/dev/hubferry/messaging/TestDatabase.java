package dev.hubferry.messaging;

import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A service's database: schema {@code svc}, with this module's tables. */
record TestDatabase(String url) {
    static TestDatabase create() {
        return new TestDatabase(SharedParts.newDatabase()).migrated();
    }

    TestDatabase migrated() {
        var unused = Flyway.configure()
                .dataSource(dataSource())
                .schemas("svc")
                .locations("classpath:db/hubferry-messaging")
                .load()
                .migrate();
        return this;
    }

    DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        source.setCurrentSchema("svc");
        source.setOptions("-c idle_in_transaction_session_timeout=5s");
        return source;
    }

    Transactions transactions() {
        return new Transactions(dataSource());
    }

    void execute(String sql) {
        transactions().runInTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    /** The rows, their columns joined by a space. */
    List<String> rows(String sql) {
        return transactions().inTransaction(connection -> {
            try (var select = connection.prepareStatement(sql);
                    ResultSet rows = select.executeQuery()) {
                return read(rows);
            }
        });
    }

    private static List<String> read(ResultSet rows) throws SQLException {
        List<String> read = new ArrayList<>();
        while (rows.next()) {
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                columns.add(String.valueOf(rows.getString(column)));
            }
            read.add(String.join(" ", columns));
        }
        return read;
    }
}
