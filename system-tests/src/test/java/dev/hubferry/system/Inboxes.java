package dev.hubferry.system;

import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into the inboxes of the participants: who works at a command, and which commands changed hands. */
final class Inboxes {
    private final SandboxWorld world;

    Inboxes(SandboxWorld world) {
        this.world = world;
    }

    /** The process that holds the lease of a row's command now; none when nobody does. */
    Optional<Long> ownerOf(Service service, String row) {
        return rows("""
                select split_part(owner, '/', 4)
                from %s.inbox
                where state = 'RUNNING' and lease_until > clock_timestamp() and message_id like '%%/%s/do/%%'
                """.formatted(schema(service), row)).stream()
                .map(Long::parseLong)
                .findFirst();
    }

    /** Commands that a second process, or a third, ran to their end. */
    List<String> takenOver() {
        List<String> commands = new ArrayList<>();
        for (Service service : Service.values()) {
            if (service != Service.ORCHESTRATOR) {
                commands.addAll(rows("select message_id || ' in epoch ' || epoch from %s.inbox where epoch >= 2"
                        .formatted(schema(service))));
            }
        }
        return commands;
    }

    private List<String> rows(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(world.jdbcUrl(), PostgresServer.USER, PostgresServer.USER);
                var select = connection.prepareStatement(sql);
                ResultSet found = select.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look into the inboxes", e);
        }
    }

    private static String schema(Service service) {
        return switch (service) {
            case ORCHESTRATOR -> "orchestrator";
            case STORAGE -> "storage";
            case K8S -> "k8s";
            case DATABASE -> "db";
            case DNS -> "dns";
        };
    }
}
