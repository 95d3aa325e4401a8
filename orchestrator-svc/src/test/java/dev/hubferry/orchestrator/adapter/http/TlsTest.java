package dev.hubferry.orchestrator.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.webhook.AddressGuard;
import dev.hubferry.orchestrator.webhook.EventFilter;
import dev.hubferry.orchestrator.webhook.IpRange;
import dev.hubferry.orchestrator.webhook.Posting;
import dev.hubferry.orchestrator.webhook.SigningSecrets;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who a receiver has to be. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "for-tests-only";
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path directory;

    private static Receiver receiver;
    private static Path certificate;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path store = directory.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "r",
                "-keyalg",
                "EC",
                "-dname",
                "CN=r",
                "-ext",
                "san=dns:right.test",
                "-keystore",
                store.toString());
        certificate = directory.resolve("ca.pem");
        keytool("-exportcert", "-rfc", "-alias", "r", "-file", certificate.toString(), "-keystore", store.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        receiver = new Receiver(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
    }

    @AfterAll
    static void close() {
        receiver.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void isWhomTheCertificatesVouchFor() throws Exception {
        assertThat(send("right.test", Optional.of(certificate))).isEqualTo(new Answer.Taken());
        assertThat(receiver.received()).hasSize(1).allMatch(received -> received.isSignedWith(Receiver.SECRET));
    }

    @Test
    void isNobodyWithAnotherName() throws Exception {
        int before = receiver.received().size();
        assertThat(send("wrong.test", Optional.of(certificate)).toString())
                .contains("wrong.test cannot be connected to: TLS: ")
                .contains("wrong.test found");
        assertThat(receiver.received()).hasSize(before);
    }

    @Test
    void isNobodyThatTheJvmDoesNotTrust() throws Exception {
        int before = receiver.received().size();
        assertThat(send("right.test", Optional.empty()).toString())
                .contains("right.test cannot be connected to: TLS: ")
                .contains("unable to find valid certification path");
        assertThat(receiver.received()).hasSize(before);
    }

    private static Answer send(String host, Optional<Path> trusted) throws InterruptedException {
        HttpWebhookSender sender =
                new HttpWebhookSender(VERTX, _ -> List.of(InetAddress.ofLiteral("127.0.0.1")), Clock.systemUTC());
        Webhook webhook = new Webhook(
                "chat",
                URI.create("https://%s:%d/".formatted(host, receiver.port())),
                SigningSecrets.of(List.of(Receiver.SECRET)),
                EventFilter.ALL,
                Duration.ofSeconds(30),
                new AddressGuard(List.of(IpRange.of("127.0.0.0/8"))),
                trusted);
        return sender.send(
                webhook,
                Posting.signed(
                        webhook, "x", "{}".getBytes(UTF_8), Clock.systemUTC().instant()));
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
