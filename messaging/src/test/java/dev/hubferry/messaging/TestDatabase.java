package dev.hubferry.messaging;

import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A service's database: schema {@code svc}, with this module's tables. */
record TestDatabase(String url, DataSource dataSource) {
    private static final String SESSION = "-c idle_in_transaction_session_timeout=5s";

    static TestDatabase create() {
        return at(SharedParts.newDatabase()).migrated();
    }

    /** Every transaction has a connection of its own. */
    static TestDatabase at(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        source.setCurrentSchema("svc");
        source.setOptions(SESSION);
        return new TestDatabase(url, source);
    }

    /** With a pool, as services have. */
    static TestDatabase pooled(String url) {
        var settings = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(10)
                        // As in Quarkus: without it a connection that died is lent again and again.
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(connections -> connections
                                .jdbcUrl(url)
                                .principal(new NamePrincipal(PostgresServer.USER))
                                .credential(new SimplePassword(PostgresServer.USER))
                                .jdbcProperty("currentSchema", "svc")
                                .jdbcProperty("options", SESSION)));
        try {
            return new TestDatabase(url, AgroalDataSource.from(settings));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TestDatabase migrated() {
        // The session's guard would end Flyway's own when the machine is slow.
        var unguarded = new PGSimpleDataSource();
        unguarded.setUrl(url);
        unguarded.setUser(PostgresServer.USER);
        unguarded.setPassword(PostgresServer.USER);
        var unused = Flyway.configure()
                .dataSource(unguarded)
                .schemas("svc")
                .locations("classpath:db/hubferry-messaging")
                .load()
                .migrate();
        return this;
    }

    Transactions transactions() {
        return new Transactions(dataSource);
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
