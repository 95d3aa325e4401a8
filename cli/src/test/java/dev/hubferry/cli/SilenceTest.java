package dev.hubferry.cli;

import static dev.hubferry.cli.Samples.event;
import static dev.hubferry.cli.Samples.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.http.TokenFile;
import dev.hubferry.cli.text.Terminal;
import dev.hubferry.cli.watch.Until;
import dev.hubferry.cli.watch.Watch;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is open and dead, as behind a firewall that forgot it. */
class SilenceTest {
    private static final String AT = "migrations/" + Samples.ID;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void isGivenUpAndTheStreamGoesOnWhereItWas() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start()) {
            // Given
            server.on("GET " + AT + "/steps", 200, Samples.STEPS)
                    .on(
                            "GET " + AT + "/events",
                            exchange -> {
                                exchange.sendResponseHeaders(200, 0);
                                exchange.getResponseBody()
                                        .write(started(1, "check-source").getBytes(StandardCharsets.UTF_8));
                                exchange.getResponseBody().flush();
                                await(over);
                            },
                            FakeServer.events(started(2, "check-zone"), event(3, "migration-completed", "{}")));
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            // When
            Exit exit = watch(server, out).run();

            // Then
            assertThat(exit).isEqualTo(Exit.OK);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .containsOnlyOnce("check-source begins")
                    .contains("check-zone begins", "nothing was heard for");
            assertThat(server.asked("GET " + AT + "/events").getLast().lastEvent())
                    .contains("1");
        } finally {
            over.countDown();
        }
    }

    private Watch watch(FakeServer server, ByteArrayOutputStream out) throws Exception {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), print, print, false, false, 80);
        Path token = Files.writeString(directory.resolve("token"), "t");
        Duration patience = Duration.ofSeconds(20);
        Api.Settings settings = new Api.Settings(
                ServerUrl.of(server.url()), new TokenFile(token), patience, patience, Optional.empty());
        return new Watch(
                new Api(settings, terminal::note),
                terminal,
                new Watch.Options(Samples.ID, Until.END, false, Optional.empty(), patience, Duration.ofMillis(700)));
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
