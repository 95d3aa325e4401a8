package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.sandbox.SandboxLog;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldImage;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves a hub in a world of its own and says how it went. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Moves a hub in a sandbox on this machine.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the hub has moved",
            "1:something unexpected happened",
            "2:an option is wrong",
            "3:the migration was rolled back",
            "4:the migration is parked"
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration PROBER_LIMIT = Duration.ofSeconds(30);
    private static final Pattern KILL = Pattern.compile("random:([1-9][0-9]?)");
    private static final Duration USERS_GRACE = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorldFlags world;

    @Option(
            names = "--fail-at",
            paramLabel = "STEP",
            description =
                    "tell the orchestrator that this step, above the pivot, failed after it was done; a gate is rejected, a"
                            + " timer aborted")
    private @Nullable String failAt;

    @Option(
            names = "--kill",
            paramLabel = "random:N",
            description =
                    "kill services N times with -9 while the hub moves, at moments that --seed decides, and start them again")
    private @Nullable String kill;

    @Option(names = "--keep", description = "leave everything running at the end, until Ctrl-C")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        Optional<String> stepToFail = Optional.ofNullable(failAt);
        stepToFail.flatMap(TurningPoints::whyNot).ifPresent(why -> {
            throw new ParameterException(command.commandLine(), "--fail-at " + why);
        });
        int kills = kills();
        WorldOptions options = world.options();
        SandboxLog.to(options.directory().resolve("sandbox.log"));
        PrintStream out = System.out;
        long start = System.nanoTime();
        out.println("starting the sandbox in " + options.directory());
        try (SandboxWorld sandbox = SandboxWorld.start(options);
                FaultyWire wire = stepToFail.isEmpty() ? null : FaultyWire.start(sandbox.kafka())) {
            if (wire != null) {
                wire.failStep(stepToFail.orElseThrow());
            }
            sandbox.startServices(projectRoot(), wire == null ? Map.of() : wire.orchestratorSettings());
            out.printf(Locale.ROOT, "ready after %.1f s; homes of %d users%n", secondsSince(start), options.users());
            out.println(DemoSummary.ofTtl(options.ttl()));
            Optional<Killings> killings = kills == 0
                    ? Optional.empty()
                    : Optional.of(new Killings(sandbox, kills, new Random(options.seed()), out));
            String outcome = move(sandbox, stepToFail, killings, out);
            if (keep) {
                UpCommand.stay(sandbox, out);
            }
            return exitCode(outcome);
        }
    }

    /** How often a service is killed. */
    private int kills() {
        if (kill == null) {
            return 0;
        }
        Matcher matcher = KILL.matcher(kill);
        if (!matcher.matches()) {
            throw new ParameterException(
                    command.commandLine(), "--kill must be like random:5, from 1 to 99, but was '" + kill + "'");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String move(
            SandboxWorld sandbox, Optional<String> stepToFail, Optional<Killings> killings, PrintStream out)
            throws Exception {
        awaitReached(sandbox, SandboxWorld.OLD);
        Before before = new Before(System.nanoTime(), sandbox.zone().zone(), WorldImage.of(sandbox));
        MigrationClient client = new MigrationClient(
                sandbox.services(Service.ORCHESTRATOR).getFirst().url(),
                sandbox.tokens().all());
        ObjectNode spec = DemoSpec.turningAt(DemoSpec.of(sandbox), stepToFail.orElse(""));
        String id = client.request(spec, "demo");
        ProgressView view = new ProgressView(
                out, System.console() != null && System.console().isTerminal());
        String outcome = new MigrationRun(client, view, stepToFail, killings).watch(id);
        double wallSeconds = secondsSince(before.nanos());
        view.end();
        DemoReport report = DemoReport.of(client.report(id)).withWallSeconds(wallSeconds);
        killings.map(Killings::done).ifPresent(report::withKills);
        finish(sandbox, report, before, outcome, out);
        return outcome;
    }

    private static void finish(SandboxWorld sandbox, DemoReport report, Before before, String outcome, PrintStream out)
            throws Exception {
        boolean moved = outcome.equals("COMPLETED");
        if (!outcome.equals("PARKED")) {
            awaitReached(sandbox, moved ? SandboxWorld.NEW : SandboxWorld.OLD);
        }
        // Before the users were evicted they work on, and a change under way is neither lost nor there yet.
        sandbox.hubs().endUsersWork(USERS_GRACE);
        Path homes = moved ? sandbox.hubs().newHomes() : sandbox.hubs().oldHomes();
        WritesVerifier.Verdict writes = WritesVerifier.verify(sandbox.layout().writes(), homes);
        report.withWorld(sandbox, before.zone())
                .withWrites(writes, sandbox.layout().writes());
        List<String> wrong = new ArrayList<>();
        if (outcome.equals("ROLLED_BACK")) {
            Map<String, String> differences = WorldImage.differences(before.image(), WorldImage.of(sandbox));
            report.withComparison(before.image().keySet(), differences);
            differences.forEach((what, how) -> wrong.add(what + " is not as before: " + how));
        }
        if (!outcome.equals("PARKED") && !writes.allFound()) {
            wrong.add("users' acknowledged writes are missing in " + homes + ": " + writes.lost());
        }
        Path file = report.write(sandbox.layout().root());
        DemoSummary.print(report.json(), file, out);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrong));
        }
    }

    /** The world before the migration, and when that was. */
    private record Before(long nanos, FakeZone zone, Map<String, String> image) {}

    private static void awaitReached(SandboxWorld sandbox, String hub) {
        Await.until(
                "the name leads to the " + hub + " hub",
                PROBER_LIMIT,
                () -> sandbox.prober().latest().reached()
                        && sandbox.prober().latest().hub().equals(hub));
    }

    private static int exitCode(String outcome) {
        return switch (outcome) {
            case "COMPLETED" -> 0;
            case "ROLLED_BACK" -> 3;
            case "PARKED" -> 4;
            default -> 1;
        };
    }

    static Path projectRoot() {
        return Path.of(System.getProperty("hubferry.root", "."));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
