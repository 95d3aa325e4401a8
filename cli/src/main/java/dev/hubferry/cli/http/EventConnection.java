package dev.hubferry.cli.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection to a stream of events; a thread reads it, so that silence can be told from work. */
public final class EventConnection implements AutoCloseable {
    private final InputStream body;
    private final BlockingQueue<SseEvent> read = new ArrayBlockingQueue<>(256);
    private final Thread reader;

    private EventConnection(InputStream body) {
        this.body = body;
        this.reader = Thread.ofVirtual().start(this::readAll);
    }

    /**
     * @param last the id of the last event that is known
     * @throws IOException when there is no connection, or the server cannot answer now
     * @throws dev.hubferry.cli.CliException when the answer is no
     */
    public static EventConnection open(Api api, String path, Optional<String> last)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = api.stream(path, last);
        if (response.statusCode() == 200) {
            return new EventConnection(response.body());
        }
        if (Waits.isPassing(response.statusCode())) {
            Optional<String> wait = response.headers().firstValue("Retry-After");
            String why = Api.refused(response).lines().getFirst();
            throw new BusyException(why, wait.filter(text -> text.matches("[0-9]{1,4}")));
        }
        throw Api.refused(response);
    }

    /** The server is there but cannot answer now. */
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;
        private final Duration wait;

        BusyException(String why, Optional<String> seconds) {
            super(why);
            this.wait = Duration.ofSeconds(seconds.map(Long::parseLong).orElse(0L));
        }

        /** As it asked for; zero when it did not. */
        public Duration retryAfter() {
            return wait;
        }
    }

    /** The next piece; empty after this time without any. */
    public Optional<SseEvent> next(Duration most) throws InterruptedException {
        return Optional.ofNullable(read.poll(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS));
    }

    private void readAll() {
        try {
            SseParser parser = new SseParser(new BufferedInputStream(body), SseParser.LARGEST);
            SseEvent event;
            do {
                event = parsed(parser);
                read.put(event);
            } while (!(event instanceof SseEvent.End || event instanceof SseEvent.Lost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SseEvent parsed(SseParser parser) {
        try {
            return parser.next();
        } catch (IOException e) {
            return new SseEvent.Lost(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            body.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }
}
