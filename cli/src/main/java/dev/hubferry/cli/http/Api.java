package dev.hubferry.cli.http;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Requests to the API. Each is repeated while the connection is lost or the server cannot answer: what changes something carries a key, by which
 * the server knows it again.
 */
public final class Api {
    private static final long LARGEST_ANSWER = 128L * 1024 * 1024;

    private final Settings settings;
    private final HttpClient http;
    private final Consumer<String> notes;

    /**
     * @param timeout of one request
     * @param patience for how long a request is repeated
     * @param caFile whom to trust instead of the system's authorities
     */
    public record Settings(
            ServerUrl server, TokenFile token, Duration timeout, Duration patience, Optional<Path> caFile) {}

    /**
     * Something to be changed.
     *
     * @param key the Idempotency-Key
     */
    public record Change(String path, String contentType, byte[] body, String key) {}

    /** @param notes is told why something takes long */
    public Api(Settings settings, Consumer<String> notes) {
        this.settings = settings;
        this.http = Https.client(settings.timeout(), settings.caFile());
        this.notes = notes;
    }

    /** Patience for what is watched. */
    public Waits waits(Duration patience) {
        return new Waits(patience, InstantSource.system());
    }

    /**
     * @param path below {@code /api/v1/}
     * @throws CliException when the answer is no, or there is none
     */
    public Answer get(String path) throws InterruptedException {
        return repeated(path, () -> request(path).GET().build());
    }

    /** @throws CliException when the answer is no, or there is none; then with the key when it is not known what became of it */
    public Answer post(Change change) throws InterruptedException {
        try {
            return postOnce(change);
        } catch (CliException e) {
            if (e.exit() != Exit.UNREACHABLE) {
                throw e;
            }
            List<String> lines = new ArrayList<>(e.lines());
            lines.add(
                    "it is not known whether the server did it; to send the very same request again, add --idempotency-key "
                            + change.key());
            throw new CliException(e.exit(), lines);
        }
    }

    private Answer postOnce(Change change) throws InterruptedException {
        return repeated(
                change.path(),
                () -> request(change.path())
                        .header("Content-Type", change.contentType())
                        .header("Idempotency-Key", change.key())
                        .POST(BodyPublishers.ofByteArray(change.body()))
                        .build());
    }

    /**
     * Events from the one after {@code last} on.
     *
     * @throws IOException when the connection is lost
     * @throws CliException when the answer is no; UNREACHABLE when asking again may help
     */
    HttpResponse<InputStream> stream(String path, Optional<String> last) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.server().api(path))
                .timeout(settings.timeout())
                .header("Authorization", "Bearer " + settings.token().token())
                .header("Accept", "text/event-stream, application/problem+json");
        last.ifPresent(id -> request.header("Last-Event-ID", id));
        return within(http.sendAsync(request.GET().build(), BodyHandlers.ofInputStream()));
    }

    static CliException refused(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return ProblemText.exception(
                    new Answer(response.statusCode(), response.headers(), body.readNBytes(1024 * 1024)));
        } catch (IOException e) {
            return ProblemText.exception(new Answer(response.statusCode(), response.headers(), new byte[0]));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(settings.server().api(path))
                .timeout(settings.timeout())
                .header("Authorization", "Bearer " + settings.token().token())
                .header("Accept", "application/json, application/problem+json");
    }

    /** Makes a request anew each time: its token may be another one by then. */
    private interface Making {
        HttpRequest request();
    }

    private Answer repeated(String path, Making making) throws InterruptedException {
        Waits waits = waits(settings.patience());
        boolean told = false;
        while (true) {
            Optional<Duration> wait;
            CliException why;
            try {
                Answer answer = once(making.request());
                if (answer.status() < 300) {
                    return answer;
                }
                why = ProblemText.exception(answer);
                if (!Waits.isPassing(answer.status())) {
                    throw why;
                }
                wait = waits.next(answer.headers());
            } catch (IOException e) {
                why = lost(e);
                wait = e instanceof SSLException ? Optional.empty() : waits.next();
            }
            if (wait.isEmpty()) {
                throw why;
            }
            if (!told) {
                notes.accept("%s; trying again for %d s"
                        .formatted(why.lines().getFirst(), settings.patience().toSeconds()));
                told = true;
            }
            Thread.sleep(wait.get());
        }
    }

    private Answer once(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                within(http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER)));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The request's own timeout ends with the headers; a body may stand still as well. */
    private <T> T within(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "there was no answer within " + settings.timeout().toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException lost) {
                throw lost;
            }
            throw new UncheckedIOException(new IOException(e.getCause()));
        }
    }

    /** Words for a connection that failed. */
    public CliException lost(IOException e) {
        String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = "%s cannot be reached: %s".formatted(settings.server().base(), cause);
        return e instanceof SSLException
                ? new CliException(
                        Exit.UNREACHABLE, line, "for an authority of your own, name its certificate with --ca-file")
                : new CliException(Exit.UNREACHABLE, line);
    }
}
