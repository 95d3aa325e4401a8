package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.sandbox.SandboxLog;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorldFlags world;

    @Option(
            names = "--fail-at",
            paramLabel = "STEP",
            description = "tell the orchestrator that this step failed, after it was done")
    private @Nullable String failAt;

    @Option(names = "--keep", description = "leave everything running at the end, until Ctrl-C")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        WorldOptions options = world.options();
        SandboxLog.to(options.directory().resolve("sandbox.log"));
        PrintStream out = System.out;
        long start = System.nanoTime();
        out.println("starting the sandbox in " + options.directory());
        try (SandboxWorld sandbox = SandboxWorld.start(options);
                FaultyWire wire = failAt == null ? null : FaultyWire.start(sandbox.kafka())) {
            if (wire != null && failAt != null) {
                wire.failStep(failAt);
            }
            sandbox.startServices(projectRoot(), wire == null ? Map.of() : wire.orchestratorSettings());
            out.printf(Locale.ROOT, "ready after %.1f s; homes of %d users%n", secondsSince(start), options.users());
            String outcome = move(sandbox, out);
            if (keep) {
                UpCommand.stay(sandbox, out);
            }
            return exitCode(outcome);
        }
    }

    private String move(SandboxWorld sandbox, PrintStream out) throws Exception {
        FakeZone zoneBefore = sandbox.zone().zone();
        awaitReached(sandbox, SandboxWorld.OLD);
        MigrationClient client = new MigrationClient(
                sandbox.services(Service.ORCHESTRATOR).getFirst().url(),
                sandbox.tokens().all());
        Optional<String> stepToFail = Optional.ofNullable(failAt);
        String id = client.request(DemoSpec.of(sandbox), "demo");
        ProgressView view = new ProgressView(
                out, System.console() != null && System.console().isTerminal());
        requireKnown(client.steps(id), stepToFail);
        String outcome = new MigrationRun(client, view, stepToFail).watch(id);
        view.end();
        finish(sandbox, client.report(id), zoneBefore, outcome, out);
        return outcome;
    }

    private static void requireKnown(JsonNode steps, Optional<String> stepToFail) {
        if (stepToFail.isPresent() && steps.findValuesAsText("name").stream().noneMatch(stepToFail.get()::equals)) {
            throw new IllegalArgumentException("--fail-at " + stepToFail.get() + " is no step; steps are "
                    + String.join(", ", steps.findValuesAsText("name")));
        }
    }

    private void finish(SandboxWorld sandbox, JsonNode report, FakeZone zoneBefore, String outcome, PrintStream out)
            throws IOException {
        boolean moved = outcome.equals("COMPLETED");
        if (!outcome.equals("PARKED")) {
            awaitReached(sandbox, moved ? SandboxWorld.NEW : SandboxWorld.OLD);
        }
        Path homes = moved ? sandbox.hubs().newHomes() : sandbox.hubs().oldHomes();
        WritesVerifier.Verdict writes = WritesVerifier.verify(sandbox.layout().writes(), homes);
        DemoReport demo = DemoReport.of(sandbox, report, zoneBefore, writes);
        Path file = demo.write(sandbox.layout().root());
        DemoSummary.print(demo.json(), file, out);
        if (moved && !writes.allFound()) {
            throw new IllegalStateException("users' acknowledged writes are missing on the target: " + writes.lost());
        }
    }

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
