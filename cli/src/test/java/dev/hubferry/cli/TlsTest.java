package dev.hubferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client trusts. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void trustsAnAuthorityOfOnesOwnOnlyWhenItIsNamed() throws Exception {
        // Given
        AtomicInteger asked = new AtomicInteger();
        HttpsServer server = server(asked);
        Path certificate = directory.resolve("ca.pem");
        keytool("-exportcert", "-rfc", "-file", certificate.toString());
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        try {
            // When
            Cli.Ran refused = run(url);
            Cli.Ran trusted = run(url, "--ca-file", certificate.toString());
            Cli.Ran wrong = run(url, "--ca-file", directory.resolve("token").toString());

            // Then
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("--ca-file").doesNotContain("trying again");
            assertThat(trusted.exit()).as(trusted.err()).isZero();
            assertThat(wrong.exit()).isEqualTo(2);
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    private Cli.Ran run(String url, String... more) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), Cli.TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        List<String> words =
                new ArrayList<>(List.of("migrations", "list", "--server", url, "--token-file", token.toString()));
        words.addAll(List.of(more));
        try (FakeServer unused = FakeServer.start()) {
            return new Cli(unused, Files.createTempDirectory(directory, "cli")).bare(words.toArray(String[]::new));
        }
    }

    private HttpsServer server(AtomicInteger asked) throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=hubferry", "-ext", "san=ip:127.0.0.1");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = "{\"migrations\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-alias", "hubferry", "-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }
}
