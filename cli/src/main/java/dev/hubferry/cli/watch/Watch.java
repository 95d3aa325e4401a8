package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.EventConnection;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.http.SseEvent;
import dev.hubferry.cli.http.Waits;
import dev.hubferry.cli.text.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a migration through its stream of events, over lost connections and restarts of the server: each time from the event after the last
 * one that was shown.
 */
public final class Watch {
    private static final String PROGRESS = "hubferry.progress.v1";

    private final Api api;
    private final Terminal terminal;
    private final Options options;
    private final String path;
    private final ProgressShow progress;
    private final Waits waits;
    private final long begin = System.nanoTime();
    private Optional<Narrator> narrator = Optional.empty();
    private long last;
    private boolean told;

    /**
     * @param json prints the data of events as they are
     * @param timeout after which watching ends whatever happens; none when it shall not
     * @param patience for how long a server that is gone is waited for
     * @param silence after which a connection without a sign of life is given up; the server gives one every ten seconds
     */
    public record Options(
            String id, Until until, boolean json, Optional<Duration> timeout, Duration patience, Duration silence) {}

    public Watch(Api api, Terminal terminal, Options options) {
        this.api = api;
        this.terminal = terminal;
        this.options = options;
        this.path = "migrations/" + ServerUrl.segment(options.id());
        this.progress = new ProgressShow(terminal);
        this.waits = api.waits(options.patience());
    }

    /**
     * How it ended.
     *
     * @throws CliException UNREACHABLE when the server stays away or the time is over
     */
    public Exit run() throws InterruptedException {
        if (!options.json()) {
            narrator = Optional.of(new Narrator(options.id(), rows()));
        }
        try {
            while (true) {
                Optional<Exit> end = connected();
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } finally {
            progress.clear();
        }
    }

    private List<String> rows() throws InterruptedException {
        List<String> rows = new ArrayList<>();
        api.get(path + "/steps").json().forEach(row -> rows.add(row.path("name").asText()));
        return rows;
    }

    private Optional<Exit> connected() throws InterruptedException {
        long before = last;
        Optional<String> after = last == 0 ? Optional.empty() : Optional.of(Long.toString(last));
        try (EventConnection connection = EventConnection.open(api, path + "/events", after)) {
            Optional<Exit> end = read(connection);
            // Not when there was something new: behind it there may be more that was not told yet.
            end = end.isEmpty() && last == before ? ended() : end;
            if (end.isPresent()) {
                return end;
            }
        } catch (EventConnection.BusyException e) {
            pause(e, e.retryAfter());
            return Optional.empty();
        } catch (IOException e) {
            pause(e, Duration.ZERO);
            return Optional.empty();
        }
        pause(new IOException("it ended the stream of events"), Duration.ZERO);
        return Optional.empty();
    }

    private Optional<Exit> read(EventConnection connection) throws IOException, InterruptedException {
        while (true) {
            Duration left = left();
            Duration most = left.compareTo(options.silence()) < 0 ? left : options.silence();
            Optional<SseEvent> next = connection.next(most);
            if (next.isEmpty()) {
                if (!hasTime()) {
                    throw timeIsOver();
                }
                throw new IOException("nothing was heard for " + most.toSeconds() + " s");
            }
            switch (next.get()) {
                case SseEvent.Comment _ -> heard();
                case SseEvent.Event event -> {
                    heard();
                    Optional<Exit> end = handle(event);
                    if (end.isPresent()) {
                        return end;
                    }
                }
                case SseEvent.End _ -> {
                    return Optional.empty();
                }
                case SseEvent.Lost lost -> throw new IOException(lost.why());
            }
            if (terminal.isClosed()) {
                return Optional.of(Exit.REFUSED);
            }
        }
    }

    private void heard() {
        waits.reset();
        told = false;
    }

    private Optional<Exit> handle(SseEvent.Event event) throws InterruptedException {
        if (event.type().equals(PROGRESS)) {
            showProgress(event);
            return Optional.empty();
        }
        long number = number(event.id());
        if (number > 0 && number <= last) {
            return Optional.empty();
        }
        last = Math.max(last, number);
        JsonNode data = parsed(event);
        show(event, data);
        return endedBy(Narrator.kind(event.type()), data.path("data"));
    }

    private void showProgress(SseEvent.Event event) {
        if (options.json()) {
            terminal.raw(event.data());
        } else {
            progress.progress(parsed(event));
        }
    }

    private void show(SseEvent.Event event, JsonNode data) {
        if (narrator.isEmpty()) {
            terminal.raw(event.data());
        } else if (event.tooLarge() || !data.isObject()) {
            terminal.line("event %s (%s) is too large or no JSON, and not shown".formatted(event.id(), event.type()));
        } else {
            String kind = Narrator.kind(event.type());
            if (kind.equals("step-succeeded") || kind.equals("step-failed") || kind.equals("step-skipped")) {
                progress.ended(data.path("data").path("step").asText(""));
            }
            terminal.lines(narrator.get().lines(data));
        }
    }

    private Optional<Exit> endedBy(String kind, JsonNode data) throws InterruptedException {
        return switch (kind) {
            case "migration-completed" -> Optional.of(Exit.OK);
            case "migration-rolled-back" -> Optional.of(Exit.ROLLED_BACK);
            case "migration-parked" -> options.until() != Until.END && isParked() ? waits() : Optional.empty();
            case "approval-awaited" ->
                options.until() == Until.GATE && isWaiting(data.path("gate").asText()) ? waits() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Exit> waits() {
        return Optional.of(Exit.WAITS);
    }

    /** The events of the past are told first, and a gate of then may have been answered since. */
    private boolean isWaiting(String gate) throws InterruptedException {
        return api.get(path).json().at("/waitingFor/gate").asText("").equals(gate);
    }

    private boolean isParked() throws InterruptedException {
        return api.get(path).json().path("state").asText("").equals("PARKED");
    }

    /** A server ends the stream when the migration has ended, or when it stops itself. */
    private Optional<Exit> ended() throws InterruptedException {
        return switch (api.get(path).json().path("state").asText("")) {
            case "COMPLETED" -> Optional.of(Exit.OK);
            case "ROLLED_BACK" -> Optional.of(Exit.ROLLED_BACK);
            default -> Optional.empty();
        };
    }

    private void pause(IOException why, Duration atLeast) throws InterruptedException {
        if (!hasTime()) {
            throw timeIsOver();
        }
        Duration wait = waits.next().orElseThrow(() -> api.lost(why));
        if (!told) {
            progress.clear();
            terminal.note("the connection is lost (%s); trying again for %s s, nothing will be missing"
                    .formatted(why.getMessage(), options.patience().toSeconds()));
            told = true;
        }
        Duration longer = wait.compareTo(atLeast) < 0 ? atLeast : wait;
        Thread.sleep(longer.compareTo(left()) < 0 ? longer : left());
    }

    private boolean hasTime() {
        return left().isPositive();
    }

    private Duration left() {
        return options.timeout()
                .map(timeout -> timeout.minusNanos(System.nanoTime() - begin))
                .orElse(options.silence().plusDays(1));
    }

    private CliException timeIsOver() {
        return new CliException(
                Exit.UNREACHABLE,
                "the migration goes on, but --timeout is over; to go on watching: " + Hints.watch(options.id()));
    }

    private static long number(String id) {
        try {
            return id.isEmpty() ? 0 : Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static JsonNode parsed(SseEvent.Event event) {
        try {
            return Json.read(event.data());
        } catch (IOException e) {
            return Json.missing();
        }
    }
}
