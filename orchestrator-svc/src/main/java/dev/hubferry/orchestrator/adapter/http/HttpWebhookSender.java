package dev.hubferry.orchestrator.adapter.http;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.messaging.ShownText;
import dev.hubferry.orchestrator.webhook.Posting;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to the very address that was found to be allowed: the client is given addresses and never a name to look up, so no name server can
 * answer one thing to the check and another to the connection. No redirects, no proxies, and a new connection for each request.
 */
public final class HttpWebhookSender implements WebhookSender {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Of a receiver; one address after the other is tried, so more would only use up the time. */
    private static final int MOST_ADDRESSES = 3;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Vertx vertx;
    private final HostResolver resolver;
    private final Clock clock;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    /** @param clock for receivers that say until when to wait */
    public HttpWebhookSender(Vertx vertx, HostResolver resolver, Clock clock) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.clock = clock;
    }

    /** A reason why nothing was sent. */
    private static final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreachableException(String reason) {
            super(reason);
        }
    }

    @Override
    @Failpoint("webhook.send")
    public Answer send(Webhook webhook, Posting posting) throws InterruptedException {
        Deadline deadline = new Deadline(System.nanoTime() + webhook.timeout().toNanos());
        try {
            HttpClientRequest request = connect(webhook, posting, addresses(webhook), deadline);
            return exchange(webhook, posting, request, deadline);
        } catch (UnreachableException e) {
            return new Answer.Failed(ShownText.of(String.valueOf(e.getMessage())));
        }
    }

    private List<InetAddress> addresses(Webhook webhook) throws UnreachableException {
        List<InetAddress> found;
        try {
            found = resolver.resolve(webhook.host());
        } catch (UnknownHostException e) {
            throw new UnreachableException("no address is known of " + webhook.host());
        }
        List<InetAddress> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (InetAddress address : found) {
            webhook.guard().refusal(address).ifPresentOrElse(refused::add, () -> allowed.add(address));
        }
        if (allowed.isEmpty()) {
            throw new UnreachableException(
                    "no address of %s may be connected to: %s; hubferry.webhooks.%s.allow-private would allow it"
                            .formatted(webhook.host(), String.join(", ", refused), webhook.name()));
        }
        return allowed;
    }

    /** A connection to the first of the addresses where somebody listens and, by TLS, is who he should be. */
    private HttpClientRequest connect(Webhook webhook, Posting posting, List<InetAddress> addresses, Deadline deadline)
            throws InterruptedException, UnreachableException {
        String failure = "";
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES))) {
            // Looking up the name may have taken all the time, and somebody else may be sending by now.
            Future<HttpClientRequest> connecting = deadline.isOver()
                    ? Future.failedFuture(new TimeoutException())
                    : client(webhook).request(options(webhook, posting, address));
            try {
                return connecting.toCompletionStage().toCompletableFuture().get(deadline.left(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                failure = Failures.describe(e.getCause());
            } catch (TimeoutException e) {
                connecting.onSuccess(HttpClientRequest::reset);
                failure = "not within " + webhook.timeout();
            } catch (InterruptedException e) {
                connecting.onSuccess(HttpClientRequest::reset);
                throw e;
            }
        }
        throw new UnreachableException("%s cannot be connected to: %s".formatted(webhook.host(), failure));
    }

    private Answer exchange(Webhook webhook, Posting posting, HttpClientRequest request, Deadline deadline)
            throws InterruptedException {
        Exchange exchange = new Exchange(request);
        CompletableFuture<Void> end = exchange.end();
        // Else it is an error in the log.
        request.connection().exceptionHandler(_ -> {});
        // First, since an answer that has ended already cannot be read any more.
        request.response().onComplete(exchange::answered);
        request.end(Buffer.buffer(posting.body()));
        Optional<String> broken = Optional.empty();
        try {
            var unused = end.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            broken = Optional.of("no answer within " + webhook.timeout());
        } catch (ExecutionException e) {
            broken = Optional.of("no answer: " + Failures.describe(e.getCause()));
        } finally {
            // Whatever is still to come is not wanted.
            var unused = request.reset();
        }
        return exchange.answer(webhook.host(), broken, clock.instant());
    }

    private static RequestOptions options(Webhook webhook, Posting posting, InetAddress address) {
        URI url = webhook.url();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(webhook.host())
                .setPort(port)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setSsl(tls)
                .setFollowRedirects(false);
        posting.headers().forEach(options::putHeader);
        return options;
    }

    private HttpClient client(Webhook webhook) {
        return clients.computeIfAbsent(webhook.name(), _ -> {
            HttpClientOptions options = new HttpClientOptions()
                    .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                    .setKeepAlive(false)
                    .setVerifyHost(true)
                    .setTrustAll(false);
            webhook.certificates()
                    .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
            return vertx.createHttpClient(options);
        });
    }

    /** @param nanos of {@link System#nanoTime} */
    private record Deadline(long nanos) {
        long left() {
            return Math.max(0, nanos - System.nanoTime());
        }

        boolean isOver() {
            return left() == 0;
        }
    }
}
