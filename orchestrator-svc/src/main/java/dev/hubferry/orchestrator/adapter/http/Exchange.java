package dev.hubferry.orchestrator.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.messaging.ShownText;
import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request, as far as its answer has come. What the head says counts, whatever becomes of the body. */
final class Exchange {
    /** After that the connection is closed. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_SHOWN_BYTES = 400;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpClientRequest request;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicReference<@Nullable Head> head = new AtomicReference<>();
    private final StringBuffer shown = new StringBuffer();
    private long bytes;

    private record Head(
            int status, @Nullable String location, @Nullable String retryAfter) {}

    Exchange(HttpClientRequest request) {
        this.request = request;
    }

    /** Ends when the answer has, or is longer than anybody reads. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** To be called on the connection's own thread, so that nothing of the body is missed. */
    void answered(AsyncResult<HttpClientResponse> result) {
        if (result.failed()) {
            end.completeExceptionally(result.cause());
            return;
        }
        HttpClientResponse response = result.result();
        head.set(new Head(
                response.statusCode(),
                response.getHeader(HttpHeaders.LOCATION),
                response.getHeader(HttpHeaders.RETRY_AFTER)));
        response.exceptionHandler(_ -> end.complete(null));
        response.endHandler(_ -> end.complete(null));
        response.handler(this::read);
    }

    private void read(Buffer chunk) {
        bytes += chunk.length();
        int room = MOST_SHOWN_BYTES - shown.length();
        if (room > 0) {
            shown.append(chunk.getString(0, Math.min(chunk.length(), room), UTF_8.name()));
        }
        if (bytes > MOST_BYTES) {
            end.complete(null);
            var unused = request.reset();
        }
    }

    /** @param broken why there is no whole answer */
    Answer answer(String host, Optional<String> broken, Instant now) {
        Head known = head.get();
        if (known == null) {
            return new Answer.Failed(ShownText.of(host + ": " + broken.orElse("no answer")));
        }
        int status = known.status();
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        if (status >= 300 && status < 400) {
            return new Answer.Failed(
                    ShownText.of("%s answered %d, a redirect to %s, which is not followed: configure where it leads to"
                            .formatted(host, status, host(known.location()))));
        }
        String said = shown.toString().strip();
        String reason = ShownText.of("%s answered %d%s".formatted(host, status, said.isEmpty() ? "" : ": " + said));
        if (status == GONE) {
            return new Answer.Gone(reason);
        }
        boolean obeyed = status == TOO_MANY || status == UNAVAILABLE;
        return new Answer.Failed(reason, obeyed ? retryAfter(known.retryAfter(), now) : Optional.empty());
    }

    /** Nothing but the host: the rest may be meant for nobody else. */
    private static String host(@Nullable String location) {
        try {
            String host = location == null ? null : URI.create(location).getHost();
            return host == null ? "the same host" : host;
        } catch (IllegalArgumentException e) {
            return "somewhere";
        }
    }

    private static Optional<Duration> retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Math.clamp(Long.parseLong(value.strip()), 0, Integer.MAX_VALUE)));
        } catch (NumberFormatException e) {
            return until(value, now);
        }
    }

    private static Optional<Duration> until(String date, Instant now) {
        try {
            Instant until = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
