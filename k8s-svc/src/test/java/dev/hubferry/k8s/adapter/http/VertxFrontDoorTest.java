package dev.hubferry.k8s.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.FrontDoor.Answer;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.testbed.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertxFrontDoorTest {
    private static final IngressAddress LOOPBACK = new IngressAddress(IngressAddress.Kind.IPV4, "127.0.0.1");
    private static final String HOST = "astro.example.org";

    private static final String PASSWORD = "of-a-test";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final VertxFrontDoor door = new VertxFrontDoor(vertx);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void asksForTheNameAtTheAddress() {
        // Given
        HttpServer server = serve(new HttpServerOptions());

        // When
        Answer answer = door.get(place("http", server, Optional.empty()), LOOPBACK, HOST, "/hub/api/");

        // Then
        assertThat(answer).isEqualTo(new Answer.Status(200, "astro.example.org asked for /hub/api/"));
    }

    @Test
    void asksForTheNameInTlsAndChecksTheCertificate() throws Exception {
        // Given
        Path store = directory.resolve("server.p12");
        Path trust = directory.resolve("server.pem");
        keytool("-genkeypair", "-alias", "hub", "-keyalg", "EC", "-dname", "CN=hub", "-ext", "san=dns:" + HOST, store);
        keytool("-exportcert", "-rfc", "-alias", "hub", "-file", trust.toString(), store);
        HttpServer server = serve(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(PASSWORD)));

        // When
        Answer right = door.get(place("https", server, Optional.of(trust)), LOOPBACK, HOST, "/");
        Answer wrongName = door.get(place("https", server, Optional.of(trust)), LOOPBACK, "other.example.org", "/");
        Answer untrusted = door.get(place("https", server, Optional.empty()), LOOPBACK, HOST, "/");

        // Then
        assertThat(right).isEqualTo(new Answer.Status(200, "astro.example.org asked for /"));
        assertThat(wrongName).isInstanceOf(Answer.Nothing.class);
        assertThat(untrusted).isInstanceOf(Answer.Nothing.class);
    }

    @Test
    void tellsThatNobodyListens() {
        // Given
        IngressPlace nowhere =
                new IngressPlace("support", List.of(), Map.of(), "http", FreePorts.next(), Optional.empty());

        // When
        Answer answer = door.get(nowhere, LOOPBACK, HOST, "/");

        // Then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.why()).contains("refused"));
    }

    private HttpServer serve(HttpServerOptions options) {
        return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(
                        request -> request.response().end(request.getHeader("host") + " asked for " + request.uri()))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void keytool(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            if (argument instanceof Path keystore) {
                command.addAll(
                        List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keystore.toString()));
            } else {
                command.add(argument.toString());
            }
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static IngressPlace place(String scheme, HttpServer server, Optional<Path> trust) {
        return new IngressPlace("support", List.of(), Map.of(), scheme, server.actualPort(), trust);
    }
}
