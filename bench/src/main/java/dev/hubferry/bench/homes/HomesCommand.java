package dev.hubferry.bench.homes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hubferry bench homes}. */
@Command(
        name = "homes",
        description = {
            "Moves the same homes by storage-svc and by its peers, in turns, between the same two hosts behind real sshd, and compares each "
                    + "target with the source.",
            "In a round each method copies all, and then brings its copy up to date when nothing has changed, when 1 %% of all files have, "
                    + "and when 0.1 %% have. bench/README.md has the peers' command lines."
        },
        mixinStandardHelpOptions = true)
public final class HomesCommand implements Callable<Integer> {
    /** As in sysexits.h. */
    private static final int UNAVAILABLE = 69;

    /** As shells say it. */
    private static final int INTERRUPTED = 130;

    /** Each program with the Debian package that brings it. */
    private static final Map<String, String> PROGRAMS = Map.of(
            "python3", "python3", "rsync", "rsync", "ssh", "openssh-client", "sshd", "openssh-server", "bash", "bash");

    private static final Map<String, String> PROGRAMS_OF_A_LONG_LINK = Map.of("ip", "iproute2", "cc", "gcc libc6-dev");

    @Option(
            names = "--tree",
            paramLabel = "S|M|L|USERS:FILES:MB",
            description =
                    "S: 6,600 entries, 110 MB; M: 22,000 entries, 370 MB; L: 72,300 entries, 1 GB (default: ${DEFAULT-VALUE})",
            defaultValue = "S")
    private String tree = "";

    @Option(
            names = "--link",
            paramLabel = "loopback|wan20|wan80|capped",
            description =
                    "what lies between the hosts: nothing, 1 Gbit/s with a round trip of 20 or 80 ms, or nothing but 40 Mbit/s for each "
                            + "connection (default: ${DEFAULT-VALUE})",
            defaultValue = "loopback")
    private LinkKind link = LinkKind.LOOPBACK;

    @Option(
            names = "--service",
            paramLabel = "between|target",
            description =
                    "where storage-svc stands on a long link: with a short way to both hosts, or beside the target (default: ${DEFAULT-VALUE})",
            defaultValue = "between")
    private Standing standing = Standing.BETWEEN;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "METHOD",
            description = "of ours, rsync, fpsync4, fpsync8, tar, pool (default: all)")
    private List<Method> only = List.copyOf(EnumSet.allOf(Method.class));

    @Option(names = "--rounds", description = "how often (default: ${DEFAULT-VALUE})", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--seed",
            description = "of the tree and its changes (default: ${DEFAULT-VALUE})",
            defaultValue = "7")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "a setting of storage-svc; may be repeated. With --link capped, hubferry.storage.workers is 4")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--folder",
            description = "where the homes are made, on both sides: seven times the tree (default: ${DEFAULT-VALUE})",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path folder = Path.of("");

    @Option(
            names = "--json",
            description = "where the figures go (default: target/bench-homes.json)",
            paramLabel = "FILE")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path root = Path.of(System.getProperty("hubferry.root", ".")).toAbsolutePath();
        HomesPlan plan = plan();
        Optional<SharedTools> tools = SharedTools.find(root);
        if (tools.isEmpty()) {
            return unavailable(
                    "bench homes needs tools/gen-homes.py and tools/tree-diff.py; set HUBFERRY_SHARED to the directory that has "
                            + "tools/, or put it beside the project as shared");
        }
        String packages = missing(plan);
        if (!packages.isEmpty()) {
            return unavailable("bench homes needs what is not installed: apt-get install " + packages);
        }
        try (var _ = new StopAtExit();
                HomesBench bench = new HomesBench(root, tools.get(), plan, System.out::println)) {
            HomesResults results = bench.run();
            Path file = json == null ? root.resolve("target/bench-homes.json") : json;
            System.out.println();
            new HomesTable(results).lines().forEach(System.out::println);
            new HomesJson(results).write(file);
            System.out.println("figures: " + file);
            return results.good() ? 0 : 1;
        } catch (InterruptedException e) {
            spec.commandLine().getErr().println("hubferry: interrupted; what was made is gone");
            return INTERRUPTED;
        }
    }

    private HomesPlan plan() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), "--folder must be a directory, but there is none at " + folder + "; make it");
        }
        try {
            return new HomesPlan(TreeShape.parse(tree), link, standing, only, rounds, seed, settings, folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int unavailable(String why) {
        spec.commandLine().getErr().println("hubferry: " + why);
        return UNAVAILABLE;
    }

    /** The packages of what this plan cannot do without. */
    private static String missing(HomesPlan plan) {
        boolean isLong = plan.link() == LinkKind.WAN20 || plan.link() == LinkKind.WAN80;
        return Stream.of(PROGRAMS, isLong ? PROGRAMS_OF_A_LONG_LINK : Map.<String, String>of())
                .flatMap(programs -> programs.entrySet().stream())
                .filter(program -> !Programs.isInstalled(program.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
