package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecuredPartsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @Test
    void aSecuredBrokerKnowsItsUsersAndAllowsThemNothingByItself() throws Exception {
        // Given
        var authority = CertificateAuthority.make("known", directory.resolve("known.pem"));
        var other = CertificateAuthority.make("other", directory.resolve("other.pem"));
        KafkaSecurity security = KafkaSecurity.in(directory.resolve("security"), authority);
        try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Options.defaults()
                        .withAutoCreateTopics(false)
                        .withSecurity(security));
                Admin admin = broker.admin()) {
            broker.createTopics(1, "letters");
            KafkaSecurity.letIn(admin, "someone", "right");

            // When
            Map<String, Object> someone = new HashMap<>(security.client("someone", "right"));
            // Then
            assertThat(topics(broker, someone)).doesNotContain("letters");
            assertThat(admin.listTopics().names().get()).contains("letters");
            assertThatThrownBy(() -> topics(broker, new HashMap<>(security.client("someone", "wrong"))))
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
            someone.put("ssl.truststore.location", other.file().toString());
            assertThatThrownBy(() -> topics(broker, someone)).hasCauseInstanceOf(SslAuthenticationException.class);
        }
    }

    private static java.util.Set<String> topics(KafkaBroker broker, Map<String, Object> settings) throws Exception {
        settings.put("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSecuredServerTakesPasswordsByTlsOnly() throws Exception {
        // Given
        var authority = CertificateAuthority.make("known", directory.resolve("server-known.pem"));
        var other = CertificateAuthority.make("other", directory.resolve("server-other.pem"));
        try (PostgresServer server = PostgresServer.start()) {
            server.secure(authority.issue(CertificateAuthority.Wish.forThisMachine()));
            server.execute("create role someone login password 'right'");

            // Then
            assertThat(whoIs(server, "?sslmode=verify-full&sslrootcert=" + authority.file(), "right"))
                    .isEqualTo("someone");
            assertThatThrownBy(() -> whoIs(server, "?sslmode=verify-full&sslrootcert=" + authority.file(), "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> whoIs(server, "?sslmode=verify-full&sslrootcert=" + other.file(), "right"))
                    .hasMessageContaining("PKIX");
            assertThatThrownBy(() -> whoIs(server, "?sslmode=disable", "right")).hasMessageContaining("no encryption");

            // When it shows another certificate
            server.secure(
                    authority.issue(CertificateAuthority.Wish.forThisMachine().expired()));
            // Then
            assertThatThrownBy(() -> whoIs(server, "?sslmode=verify-full&sslrootcert=" + authority.file(), "right"))
                    .hasStackTraceContaining("CertificateExpiredException");
        }
    }

    private static String whoIs(PostgresServer server, String parameters, String password) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres") + parameters, "someone", password);
                var row = connection.createStatement().executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
