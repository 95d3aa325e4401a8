package dev.hubferry.orchestrator.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.webhook.AddressGuard;
import dev.hubferry.orchestrator.webhook.EventFilter;
import dev.hubferry.orchestrator.webhook.IpRange;
import dev.hubferry.orchestrator.webhook.Posting;
import dev.hubferry.orchestrator.webhook.SigningSecrets;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to real receivers, most of which behave badly. */
@Timeout(60)
class HttpWebhookSenderTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");
    private static final String HOST = "hooks.test";
    /** For what answers. */
    private static final Duration LONG = Duration.ofSeconds(30);
    /** For what does not. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration LONGER_THAN_THE_TEST = Duration.ofMinutes(10);

    private final Receiver receiver = Receiver.start();
    private final Map<String, Deque<List<String>>> names = new ConcurrentHashMap<>();
    private final HttpWebhookSender sender =
            new HttpWebhookSender(VERTX, this::resolve, Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        receiver.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void postsWhatWasSigned() throws Exception {
        resolves(HOST, List.of("127.0.0.1"));
        assertThat(send(webhook("http://hooks.test:%d/a/b?c=d%%20e".formatted(receiver.port()), "127.0.0.0/8", LONG)))
                .isEqualTo(new Answer.Taken());
        Receiver.Received received = receiver.received().getFirst();
        assertThat(received.target()).isEqualTo("/a/b?c=d%20e");
        assertThat(received.body()).isEqualTo("{\"ü\":1}");
        assertThat(received.headers())
                .containsEntry("host", "hooks.test:" + receiver.port())
                .containsEntry("content-type", "application/cloudevents+json; charset=utf-8")
                .containsEntry("webhook-id", "m/event/7")
                .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
        assertThat(received.isSignedWith(Receiver.SECRET)).isTrue();
        assertThat(received.isSignedWith(Receiver.SECRET.replace('Z', 'Y'))).isFalse();
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (Receiver other = Receiver.start()) {
            receiver.does((_, _) -> Receiver.answer(303, "Location: " + other.url() + "?t0ken"));
            assertThat(failure(LONG))
                    .contains("answered 303, a redirect to 127.0.0.1, which is not followed")
                    .doesNotContain("t0ken");
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        receiver.hangs();
        assertThat(failure(SHORT)).contains("127.0.0.1: no answer within PT1S");
    }

    @Test
    void waitsNoLongerForAHeadThatDrips() throws Exception {
        receiver.does((_, socket) -> drip(socket, ""));
        assertThat(failure(SHORT)).contains("no answer within PT1S");
    }

    @Test
    void believesTheHeadWhenTheBodyDrips() throws Exception {
        receiver.does((_, socket) -> drip(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"));
        assertThat(send(SHORT)).isEqualTo(new Answer.Taken());
    }

    @Test
    void readsNoEndlessBody() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        receiver.does((_, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 500 X\r\n\r\n".getBytes(UTF_8));
            try {
                while (true) {
                    socket.getOutputStream().write("sorry ".repeat(1_000).getBytes(UTF_8));
                }
            } finally {
                hungUp.countDown();
            }
        });
        assertThat(failure(LONGER_THAN_THE_TEST))
                .contains("answered 500: sorry sorry")
                .hasSizeLessThanOrEqualTo(300);
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysThatTheConnectionBroke() throws Exception {
        receiver.does((_, socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return "";
        });
        assertThat(failure(LONG)).isEqualTo("127.0.0.1: no answer: the connection was closed");
    }

    @Test
    void saysThatItIsNoHttp() throws Exception {
        receiver.does((_, _) -> "SSH-2.0-OpenSSH_9.6\r\n\r\n");
        assertThat(failure(LONG)).isEqualTo("127.0.0.1: no answer: what it says is no HTTP that is read here");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        receiver.close();
        assertThat(failure(LONG)).isEqualTo("127.0.0.1 cannot be connected to: the connection is refused");
    }

    @Test
    void saysThatTheNameIsUnknown() throws Exception {
        assertThat(send(webhook("http://nobody.test/", "127.0.0.0/8", LONG)))
                .isEqualTo(new Answer.Failed("no address is known of nobody.test"));
    }

    @ParameterizedTest
    @CsvSource({
        "503, 120, PT2M",
        "429, 'Tue, 01 Dec 2026 02:03:00 GMT', PT3M",
        "429, 'Tue, 01 Dec 2026 01:03:00 GMT', PT0S",
        "429, 99999999999999, PT596523H14M7S",
        "429, soon, ",
        "500, 120, "
    })
    void hearsWhenToComeAgain(int status, String retryAfter, Duration wait) throws Exception {
        receiver.does((_, _) -> Receiver.answer(status, "Retry-After: " + retryAfter));
        assertThat(send(LONG)).isEqualTo(new Answer.Failed("127.0.0.1 answered " + status, Optional.ofNullable(wait)));
    }

    @Test
    void hearsThatNothingMoreIsWanted() throws Exception {
        receiver.answers(410);
        assertThat(send(LONG)).isEqualTo(new Answer.Gone("127.0.0.1 answered 410"));
    }

    @Test
    void showsLittleOfAnAnswerAndNoSecrets() throws Exception {
        receiver.does((_, _) -> Receiver.answerWith(
                401, "no\n\u0000way:\tpassword=hunter2 " + Receiver.SECRET + " Bearer t0ken " + "x".repeat(2_000)));
        assertThat(failure(LONG))
                .startsWith("127.0.0.1 answered 401: no way: password=*** *** Bearer *** xxx")
                .hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void connectsToNoPrivateAddress() throws Exception {
        resolves(HOST, List.of("127.0.0.1", "::1"));
        assertThat(failureOf(webhook("http://hooks.test:%d/".formatted(receiver.port()), "10.0.0.0/8", LONG)))
                .contains("no address of hooks.test may be connected to: 127.0.0.1 is loopback (127.0.0.0/8), ")
                .contains("hubferry.webhooks.chat.allow-private");
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void connectsToTheVeryAddressThatWasLookedAt() throws Exception {
        // Given a name that is something else whenever somebody asks
        try (Receiver allowed = Receiver.on("127.0.0.2", receiver.port())) {
            resolves(HOST, List.of("127.0.0.2"), List.of("127.0.0.1"), List.of("127.0.0.1"));

            // When
            Answer answer = send(webhook("http://hooks.test:%d/".formatted(receiver.port()), "127.0.0.2/32", LONG));

            // Then
            assertThat(answer).isEqualTo(new Answer.Taken());
            assertThat(allowed.received()).hasSize(1);
            assertThat(receiver.connections()).isZero();

            // And the next request finds the other answer
            assertThat(failureOf(webhook("http://hooks.test:%d/".formatted(receiver.port()), "127.0.0.2/32", LONG)))
                    .contains("127.0.0.1 is loopback");
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void takesTheAddressesThatAreAllowedAndAnswer() throws Exception {
        try (Receiver allowed = Receiver.on("127.0.0.2", receiver.port())) {
            resolves(HOST, List.of("127.0.0.1", "127.0.0.3", "127.0.0.2"));
            assertThat(send(webhook("http://hooks.test:%d/".formatted(receiver.port()), "127.0.0.2/31", LONG)))
                    .isEqualTo(new Answer.Taken());
            assertThat(allowed.received()).hasSize(1);
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void goesThroughNoProxy() throws Exception {
        try (Receiver proxy = Receiver.start()) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            assertThat(send(LONG)).isEqualTo(new Answer.Taken());
            assertThat(proxy.connections()).isZero();
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
    }

    @Test
    void sendsNothingWhenTheNameTookAllTheTime() throws Exception {
        HttpWebhookSender slow = new HttpWebhookSender(
                VERTX,
                host -> {
                    try {
                        Thread.sleep(SHORT.plusMillis(10));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return List.of(InetAddress.ofLiteral("127.0.0.1"));
                },
                Clock.systemUTC());
        Webhook webhook = webhook(receiver.url(), "127.0.0.0/8", SHORT);
        assertThat(slow.send(webhook, posting(webhook)))
                .isEqualTo(new Answer.Failed("127.0.0.1 cannot be connected to: it takes too long"));
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void canBeInterrupted() throws Exception {
        receiver.hangs();
        FutureTask<Answer> task = new FutureTask<>(() -> send(LONG));
        Thread thread = Thread.ofVirtual().start(task);
        while (receiver.received().isEmpty()) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
    }

    private String failure(Duration timeout) throws InterruptedException {
        return failureOf(webhook(receiver.url(), "127.0.0.0/8", timeout));
    }

    private String failureOf(Webhook webhook) throws InterruptedException {
        Answer answer = send(webhook);
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).reason();
    }

    private Answer send(Duration timeout) throws InterruptedException {
        return send(webhook(receiver.url(), "127.0.0.0/8", timeout));
    }

    private Answer send(Webhook webhook) throws InterruptedException {
        return sender.send(webhook, posting(webhook));
    }

    private static Posting posting(Webhook webhook) {
        return Posting.signed(webhook, "m/event/7", "{\"ü\":1}".getBytes(UTF_8), NOW);
    }

    private static Webhook webhook(String url, String allowed, Duration timeout) {
        return new Webhook(
                "chat",
                URI.create(url),
                SigningSecrets.of(List.of(Receiver.SECRET)),
                EventFilter.ALL,
                timeout,
                new AddressGuard(List.of(IpRange.of(allowed))),
                Optional.empty());
    }

    @SafeVarargs
    private void resolves(String host, List<String>... answers) {
        names.put(host, new ArrayDeque<>(List.of(answers)));
    }

    /** The last answer stays. */
    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals("127.0.0.1")) {
            return List.of(InetAddress.ofLiteral(host));
        }
        Deque<List<String>> answers = names.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        List<String> next = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        return next.stream().map(InetAddress::ofLiteral).toList();
    }

    private static String drip(Socket socket, String first) throws Exception {
        socket.getOutputStream().write(first.getBytes(UTF_8));
        while (true) {
            socket.getOutputStream().write(first.isEmpty() ? 'H' : ' ');
            socket.getOutputStream().flush();
            Thread.sleep(50);
        }
    }
}
