package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hubferry.testbed.CertificateAuthority;
import dev.hubferry.testbed.CertificateAuthority.Wish;
import dev.hubferry.testbed.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a service says at its start of a real server that does not let it in, or not do what it must. */
class SecuredDatabaseTest {
    private static final String PASSWORD = "right-Password";
    private static final String ROLE = "hubferry_k8s";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static CertificateAuthority authority;
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        authority = CertificateAuthority.make("known", directory.resolve("known.pem"));
        server = PostgresServer.start();
        server.createDatabase("hubferry");
        server.secure(authority.issue(Wish.forThisMachine()));
        String roles = Files.readString(Path.of("../deploy/postgres/roles.sql"));
        server.execute("hubferry", roles);
        server.execute("hubferry", roles);
        server.execute("alter role %s password '%s'".formatted(ROLE, PASSWORD));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void startsWithTheLeast() {
        assertThatCode(() -> check(url(), PASSWORD, "k8s")).doesNotThrowAnyException();
    }

    @Test
    void saysThatThePasswordIsWrong() {
        says(url(), "wrong-Password", "does not let the role hubferry_k8s in", "quarkus.datasource.password");
    }

    @Test
    void saysThatTheAuthorityIsNotTrusted() {
        var other = CertificateAuthority.make("other", directory.resolve("other.pem"));
        says(
                url().replace(authority.file().toString(), other.file().toString()),
                PASSWORD,
                "signed by nobody whom this service trusts",
                "sslrootcert");
    }

    @Test
    void trustsTwoAuthoritiesWhileTheyChange() throws Exception {
        var next = CertificateAuthority.make("next", directory.resolve("next.pem"));
        Path both = Files.writeString(
                directory.resolve("both.pem"), Files.readString(next.file()) + Files.readString(authority.file()));
        assertThatCode(() -> check(url().replace(authority.file().toString(), both.toString()), PASSWORD, "k8s"))
                .doesNotThrowAnyException();
    }

    @Test
    void saysThatTheCertificateIsForAnotherName() {
        says(url().replace("127.0.0.1", "localhost"), PASSWORD, "certificate is for another name", "connect by a name");
    }

    @Test
    void saysThatTheCertificateHasExpired() {
        server.secure(authority.issue(Wish.forThisMachine().expired()));
        try {
            says(url(), PASSWORD, "its certificate has expired");
        } finally {
            server.secure(authority.issue(Wish.forThisMachine()));
        }
    }

    @Test
    void saysThatItSpeaksWithoutTls() {
        says(server.jdbcUrl("hubferry") + "?sslmode=disable", PASSWORD, "no encryption", "sslmode=verify-full");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        says(url().replace("/hubferry?", "/nothing?"), PASSWORD, "is not there", "create it");
    }

    @Test
    void saysThatItMayNotMakeTablesInASchemaOfAnother() {
        for (String schema : List.of("orchestrator", "unknown")) {
            Throwable refused = catchThrowable(() -> check(url(), PASSWORD, schema));
            assertThat(refused)
                    .hasMessageContaining("the role hubferry_k8s may make no tables in the schema " + schema)
                    .hasMessageContaining("roles.sql");
        }
    }

    private static void says(String url, String password, String... words) {
        Throwable refused = catchThrowable(() -> check(url, password, "k8s"));
        assertThat(refused).isInstanceOf(IllegalStateException.class);
        assertThat(refused.getMessage())
                .contains("the database at jdbc:postgresql://")
                .contains(words)
                .doesNotContain("right-Password", "wrong-Password");
    }

    private static void check(String url, String password, String schema) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(ROLE);
        source.setPassword(password);
        new DatabaseCheck(url, ROLE).run(source, schema);
    }

    private static String url() {
        return server.jdbcUrl("hubferry") + "?sslmode=verify-full&sslrootcert=" + authority.file();
    }
}
