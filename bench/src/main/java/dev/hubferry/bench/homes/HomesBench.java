package dev.hubferry.bench.homes;

import dev.hubferry.testbed.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Builds what is needed, has the rounds done, and takes everything down again. */
final class HomesBench implements AutoCloseable {
    private static final Duration SETTLES = Duration.ofSeconds(3);

    private final Path root;
    private final SharedTools tools;
    private final HomesPlan plan;
    private final Consumer<String> say;
    private final Path directory;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Map<Method, String> leftOut = new EnumMap<>(Method.class);

    /** Of what else the machine does: nothing of the bench runs yet. */
    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    /**
     * @param root the project's folder
     * @param say hears what goes on
     */
    HomesBench(Path root, SharedTools tools, HomesPlan plan, Consumer<String> say) {
        this.root = root;
        this.tools = tools;
        this.plan = plan;
        this.say = say;
        this.directory = Directories.temporary(plan.directory(), "hubferry-homes-");
        parts.push(() -> Directories.delete(directory));
    }

    HomesResults run() throws InterruptedException {
        say.accept("making the homes");
        SourceTree tree = SourceTree.generate(tools, made("homes").resolve("hub"), plan.tree(), SETTLES, plan.seed());
        SourceTree.Size size = tree.size();
        Network network = with(network());
        Hosts hosts = with(Hosts.start(network, made("hosts")));
        Map<Method, Mover> movers = movers(hosts);
        Rounds rounds = new Rounds(tree, new Judge(tools), network, movers, made("targets"), say);
        for (int round = 1; round <= plan.rounds(); round++) {
            rounds.round(round);
        }
        return new HomesResults(plan, size, machine(), rounds.runs(), rounds.failures(), leftOut);
    }

    /** Last made, first taken down. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.err.println("a part of the bench could not be ended: " + e);
            }
        }
    }

    private Network network() throws InterruptedException {
        return switch (plan.link()) {
            case LOOPBACK -> new Loopback();
            case CAPPED -> new Capped();
            case WAN20 -> wan(Duration.ofMillis(20));
            case WAN80 -> wan(Duration.ofMillis(80));
        };
    }

    private Network wan(Duration roundTrip) throws InterruptedException {
        return Wan.make(tools.emulator(), made("link"), roundTrip, plan.standing());
    }

    private Map<Method, Mover> movers(Hosts hosts) {
        Map<Method, Mover> movers = new EnumMap<>(Method.class);
        for (Method method : plan.methods()) {
            Optional<Peer> peer = Peer.of(method);
            Optional<String> missing = peer.flatMap(Peer::missing);
            if (missing.isPresent()) {
                leftOut.put(method, missing.get());
                say.accept("left out: %s: %s".formatted(method.title(), missing.get()));
            } else {
                movers.put(method, peer.isPresent() ? new PeerMover(hosts, peer.get()) : ours(hosts));
            }
        }
        return movers;
    }

    private Mover ours(Hosts hosts) {
        say.accept("starting storage-svc");
        StorageService service = with(StorageService.start(root, made("service"), hosts, plan.settings()));
        return new OurMover(with(service.wire()));
    }

    private Map<String, String> machine() throws InterruptedException {
        Map<String, String> machine = new TreeMap<>(plan.settings());
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("load before", String.format(Locale.ROOT, "%.1f", loadBefore));
        machine.put("rsync", firstLine("rsync", "--version"));
        machine.put("ssh", firstLine("ssh", "-V"));
        return machine;
    }

    private static String firstLine(String... command) throws InterruptedException {
        return Programs.run(command).output().lines().findFirst().orElse("");
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + directory, e);
        }
    }

    private <T extends AutoCloseable> T with(T part) {
        parts.push(part);
        return part;
    }
}
