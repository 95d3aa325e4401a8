package dev.hubferry.sandbox.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Looks at a hub from outside all the time, as a user without a DNS cache would, and writes prober.jsonl.
 *
 * <p>Each look asks the next name server in turn for the hub's name and then the front door at that address. One thread
 * looks one after the other, so a look that hangs delays the next by its time limit at most.
 */
public final class Prober implements AutoCloseable {
    private final Options options;
    private final NameLookup names;
    private final FrontDoorLook doors;
    private final ObjectMapper json = new ObjectMapper();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<Sample> latest;
    private final Writer out;
    private final Thread thread;
    private int turn;

    /**
     * What to look at.
     *
     * @param hubName the hub's DNS name
     * @param nameServers authoritative servers, asked in turn
     * @param doorOf where the front door of an address (IP or host name from DNS) listens; the hub's name goes as Host
     * @param file prober.jsonl, appended to
     * @param interval from the start of a look to the start of the next
     * @param limit for each of the two questions of a look
     */
    public record Options(
            String hubName,
            List<InetSocketAddress> nameServers,
            Function<String, URI> doorOf,
            Path file,
            Duration interval,
            Duration limit,
            Clock clock) {
        public Options {
            nameServers = List.copyOf(nameServers);
        }
    }

    private Prober(Options options) throws IOException {
        this.options = options;
        this.names = new NameLookup(options.hubName(), options.limit());
        this.doors = new FrontDoorLook(options.hubName(), options.limit());
        this.latest = new AtomicReference<>(new Sample(options.clock().instant(), "", 0, ""));
        this.out = Files.newBufferedWriter(options.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.thread = Thread.ofPlatform().name("prober").daemon().start(this::run);
    }

    /** Starts to look. */
    public static Prober start(Options options) {
        try {
            return new Prober(options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + options.file(), e);
        }
    }

    /** The newest look. */
    public Sample latest() {
        return latest.get();
    }

    /** Ends after the look under way; the file is complete when this returns. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (out) {
            long next = System.nanoTime();
            while (!stop.await(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                next = System.nanoTime() + options.interval().toNanos();
                Sample sample = look();
                latest.set(sample);
                write(sample);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + options.file(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Sample look() throws InterruptedException {
        InetSocketAddress server =
                options.nameServers().get(turn++ % options.nameServers().size());
        String address = names.address(server);
        if (address.isEmpty()) {
            return new Sample(options.clock().instant(), "", 0, "");
        }
        FrontDoorLook.Seen seen = doors.look(options.doorOf().apply(address));
        return new Sample(options.clock().instant(), address, seen.status(), seen.hub());
    }

    private void write(Sample sample) throws IOException {
        var line = json.createObjectNode()
                .put("at", sample.at().toString())
                .put("address", sample.address())
                .put("status", sample.status())
                .put("hub", sample.hub());
        out.write(json.writeValueAsString(line) + "\n");
        out.flush();
    }

    /** For {@code doorOf}: every address listens on the same port; host names of CNAMEs are turned into addresses. */
    public static Function<String, URI> samePort(int port, Map<String, String> addressOfHostName) {
        return address ->
                URI.create("http://" + addressOfHostName.getOrDefault(address, address) + ":" + port + "/hub/health");
    }
}
