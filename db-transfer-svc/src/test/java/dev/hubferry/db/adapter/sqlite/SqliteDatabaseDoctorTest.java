package dev.hubferry.db.adapter.sqlite;

import static dev.hubferry.db.HubDatabases.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.HubDatabases;
import dev.hubferry.db.domain.Examination;
import dev.hubferry.db.domain.Healing;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.Relocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseDoctorTest {
    private static final Relocation MOVE = new Relocation("astro", "stars");
    private static final Relocation STAY = new Relocation("astro", "astro");
    private static final String RUNNING = """
            INSERT INTO servers (id, proto, ip, port, base_url, cookie_name)
            VALUES (1, 'http', '10.0.0.1', 8888, '/user/user000/', 'c1'), (2, 'http', '10.0.0.2', 8888, '/user/user001/', 'c2'),
                   (3, 'http', '10.0.0.3', 8081, '/services/migrator/', 'c3'), (4, 'http', '10.0.0.4', 8888, '/nobody/', 'c4')
            """;
    private static final String CLAIMED = "UPDATE spawners SET server_id = id WHERE id IN (1, 2)";
    private static final String SERVICE = "UPDATE services SET _server_id = 3";

    private final SqliteDatabaseDoctor doctor = new SqliteDatabaseDoctor();

    @TempDir
    Path directory;

    private Path database(String... changes) {
        return HubDatabases.copy(directory.resolve("hub.sqlite"), changes);
    }

    @Test
    void readsARealDatabaseWithoutChangingIt() {
        // Given
        Path database = database();
        String before = HubDatabases.sha256(database);

        // When
        Examination found = doctor.examine(database);

        // Then
        assertThat(found.sound()).isTrue();
        assertThat(found.schemaHead()).contains(HubDatabases.HEAD);
        assertThat(found.userNames()).hasSize(HubDatabases.USERS).contains("root-admin", "user000");
        assertThat(found.sizeBytes()).isEqualTo(155_648);
        assertThat(found.usersWithAuthState()).isZero();
        assertThat(found.runningServers()).isZero();
        assertThat(found.stateNamespaces()).isEmpty();
        assertThat(found.brokenReferences()).isEmpty();
        assertThat(found.rows())
                .containsEntry("groups", 1L)
                .containsEntry("roles", 5L)
                .containsEntry("api_tokens", 3L);
        assertThat(HubDatabases.sha256(database)).isEqualTo(before);
        assertThat(filesBeside()).containsExactly("hub.sqlite");
    }

    @Test
    void countsWhatDecidesAboutTheMove() {
        // Given
        Path database = database(
                RUNNING,
                CLAIMED,
                "UPDATE users SET encrypted_auth_state = x'00ff' WHERE id < 4",
                "UPDATE spawners SET state = '{\"pod_name\": \"jupyter-a\", \"namespace\": \"astro\"}' WHERE id = 1",
                "UPDATE spawners SET state = '{\"child_state\": {\"namespace\": \"lab\"}}' WHERE id = 2",
                "UPDATE spawners SET state = 'not json' WHERE id = 3");

        // When
        Examination found = doctor.examine(database);

        // Then
        assertThat(found.usersWithAuthState()).isEqualTo(3);
        assertThat(found.runningServers()).isEqualTo(2);
        assertThat(found.stateNamespaces()).containsExactlyInAnyOrder("astro", "lab");
    }

    @Test
    void namesRowsThatReferToNothing() {
        // Given
        Path database = database("PRAGMA foreign_keys = OFF", "INSERT INTO user_group_map VALUES (9999, 1), (9998, 1)");

        // When
        Examination found = doctor.examine(database);

        // Then
        assertThat(found.sound()).isTrue();
        assertThat(found.brokenReferences()).containsEntry("user_group_map", 2L);
    }

    @Test
    void callsAFileThatIsNoDatabaseDamaged() throws IOException {
        // Given
        Path file = Files.writeString(
                directory.resolve("hub.sqlite"), "this is not a database, but long enough to be one ".repeat(20));

        // When
        Examination found = doctor.examine(file);

        // Then
        assertThat(found.damage()).singleElement().asString().contains("not a database");
    }

    @Test
    void callsATornDatabaseDamaged() throws IOException {
        // Given
        Path database = database();
        byte[] noise = new byte[4096];
        java.util.Arrays.fill(noise, (byte) 0x5a);
        try (var channel = java.nio.channels.FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(noise), 4096L * 8);
            channel.write(java.nio.ByteBuffer.wrap(noise), 4096L * 9);
        }

        // When
        Examination found = doctor.examine(database);

        // Then
        assertThat(found.sound()).isFalse();
    }

    @Test
    void callsAnEmptyFileADatabaseWithoutASchema() throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("hub.sqlite"));

        // When
        Examination found = doctor.examine(file);

        // Then
        assertThat(found.sound()).isTrue();
        assertThat(found.schemaHead()).isEmpty();
        assertThat(found.userNames()).isEmpty();
    }

    @Test
    void stopsUsersServersAndKeepsThoseOfServices() {
        // Given
        Path database = database(RUNNING, CLAIMED, SERVICE);

        // When
        Healing healing = doctor.heal(database, STAY);

        // Then
        assertThat(healing).isEqualTo(new Healing(2, 2, 0, 0));
        assertThat(texts(database, "SELECT id FROM servers ORDER BY id")).containsExactly("3", "4");
        assertThat(texts(database, "SELECT _server_id FROM services")).containsExactly("3");
        assertThat(texts(database, "SELECT count(*) FROM spawners WHERE server_id IS NOT NULL"))
                .containsExactly("0");
    }

    @Test
    void keepsTheServerThatAServiceShares() {
        // Given
        Path database = database(RUNNING, "UPDATE spawners SET server_id = 3 WHERE id = 1", SERVICE);

        // When
        Healing healing = doctor.heal(database, STAY);

        // Then
        assertThat(healing).isEqualTo(new Healing(1, 0, 0, 0));
        assertThat(texts(database, "SELECT id FROM servers ORDER BY id")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void movesStatesToTheTargetsNamespaceAndKeepsTheRestOfThem() {
        // Given
        Path database = database(
                """
                UPDATE spawners SET state = '{"pod_name": "jupyter-astro", "namespace": "astro", "big": 12345678901234567890123,
                  "f": 1.10, "dns_name": "jupyter-astro.astro.svc.cluster.local", "pvc_name": "claim-astro", "z": null}' WHERE id = 1
                """,
                "UPDATE spawners SET state = '{\"namespace\": \"lab\", \"dns_name\": \"p.lab.svc\"}' WHERE id = 2",
                "UPDATE spawners SET state = 'not json' WHERE id = 3",
                "UPDATE spawners SET state = '{}' WHERE id = 4");

        // When
        Healing healing = doctor.heal(database, MOVE);

        // Then
        assertThat(healing).isEqualTo(new Healing(0, 0, 1, 1));
        assertThat(texts(database, "SELECT state FROM spawners WHERE id <= 4 ORDER BY id"))
                .containsExactly(
                        "{\"pod_name\":\"jupyter-astro\",\"namespace\":\"stars\",\"big\":12345678901234567890123,\"f\":1.10,"
                                + "\"dns_name\":\"jupyter-astro.stars.svc.cluster.local\",\"pvc_name\":\"claim-astro\",\"z\":null}",
                        "{\"namespace\": \"lab\", \"dns_name\": \"p.lab.svc\"}",
                        "not json",
                        "{}");
    }

    @Test
    void leavesStatesAloneWhenTheNamespaceStays() {
        // Given
        String state = "{\"namespace\":  \"astro\"}";
        Path database = database("UPDATE spawners SET state = '" + state + "' WHERE id = 1");

        // When
        Healing healing = doctor.heal(database, STAY);

        // Then
        assertThat(healing.statesMoved()).isZero();
        assertThat(texts(database, "SELECT state FROM spawners WHERE id = 1")).containsExactly(state);
    }

    @Test
    void changesNothingElse() {
        // Given
        Path database = database(RUNNING, CLAIMED, SERVICE);
        Examination before = doctor.examine(database);
        List<String> tokens = texts(database, "SELECT quote(hashed) || quote(scopes) FROM api_tokens ORDER BY id");

        // When
        Healing healing = doctor.heal(database, MOVE);

        // Then
        Examination after = doctor.examine(database);
        assertThat(after.rows()).isEqualTo(healing.expected(before.rows()));
        assertThat(after.userNames()).isEqualTo(before.userNames());
        assertThat(texts(database, "SELECT quote(hashed) || quote(scopes) FROM api_tokens ORDER BY id"))
                .isEqualTo(tokens);
        assertThat(filesBeside()).containsExactly("hub.sqlite");
    }

    @Test
    void healsADatabaseInWriteAheadModeIntoOneFile() {
        // Given
        Path database = database("PRAGMA journal_mode = WAL", RUNNING, CLAIMED);

        // When
        doctor.heal(database, MOVE);

        // Then
        assertThat(doctor.examine(database).runningServers()).isZero();
        assertThat(filesBeside()).containsExactly("hub.sqlite");
    }

    @Test
    void healsADatabaseOfAnOlderReleaseWithoutTheNewerTables() {
        // Given
        Path database =
                database(RUNNING, CLAIMED, "DROP TABLE services", "ALTER TABLE users DROP COLUMN encrypted_auth_state");

        // When
        Healing healing = doctor.heal(database, MOVE);

        // Then
        assertThat(healing.serverRowsRemoved()).isEqualTo(2);
        assertThat(doctor.examine(database).usersWithAuthState()).isZero();
    }

    @Test
    void refusesToHealWhatIsNoDatabase() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("hub.sqlite"), "no database ".repeat(100));

        // When // Then
        assertThatThrownBy(() -> doctor.heal(file, MOVE))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_CORRUPT));
    }

    private List<String> filesBeside() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
