package dev.hubferry.sandbox.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDatabaseTest {
    @TempDir
    Path directory;

    @Test
    void isTheOneThatARealHubWrote() {
        // When
        HubDatabase database = HubDatabase.copyOfReal(directory.resolve("hub.sqlite"));

        // Then
        assertThat(database.users()).hasSize(256).contains("user000", "mail@example.org", "ünïcode");
        assertThat(database.hubVersion()).isEqualTo("3.0.0");
    }

    @Test
    void keepsItsSchemaAndAnAdministratorWhenEmptied() {
        // When
        HubDatabase emptied = HubDatabase.copyOfReal(directory.resolve("hub.sqlite"))
                .emptiedTo(directory.resolve("empty.sqlite"), "boss");

        // Then
        assertThat(emptied.users()).containsExactly("boss");
        assertThat(emptied.hubVersion()).isEqualTo("3.0.0");
    }

    @Test
    void notesWhichServersRunAndWhere() throws Exception {
        // Given
        HubDatabase database = HubDatabase.copyOfReal(directory.resolve("hub.sqlite"));

        // When
        database.markRunning("user001", "jupyter-user001", "astro", "127.64.0.9");

        // Then
        String sql = """
                select s.state, v.base_url, v.ip from spawners s join users u on u.id = s.user_id
                  join servers v on v.id = s.server_id where u.name = 'user001'
                """;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).contains("\"namespace\": \"astro\"");
            assertThat(rows.getString(2)).isEqualTo("/user/user001/");
            assertThat(rows.next()).isFalse();
        }
    }
}
