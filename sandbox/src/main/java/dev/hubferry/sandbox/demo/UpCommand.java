package dev.hubferry.sandbox.demo;

import dev.hubferry.sandbox.SandboxLog;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the world and leaves it up. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the sandbox, prints its URLs and tokens, and stays until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorldFlags world;

    @Override
    public Integer call() throws Exception {
        WorldOptions options = world.options();
        SandboxLog.to(options.directory().resolve("sandbox.log"));
        System.out.println("starting the sandbox in " + options.directory());
        try (SandboxWorld sandbox = SandboxWorld.start(options)) {
            sandbox.startServices(DemoCommand.projectRoot());
            System.out.println(DemoSummary.ofTtl(options.ttl()));
            stay(sandbox, System.out);
        }
        return 0;
    }

    /** Says where everything is and returns only when the process is told to end. */
    static void stay(SandboxWorld sandbox, PrintStream out) throws InterruptedException, IOException {
        Path folder = sandbox.layout().root();
        Path tokens = folder.resolve("tokens");
        sandbox.tokens().writeTo(tokens);
        Path spec = folder.resolve("spec.json");
        Files.writeString(spec, DemoSpec.of(sandbox).toPrettyString() + "\n");
        out.println();
        for (Service service : Service.values()) {
            sandbox.services(service).forEach(process -> out.printf("  %-16s %s%n", service.module(), process.url()));
        }
        URI server = sandbox.services(Service.ORCHESTRATOR).getFirst().url();
        out.printf("  %-16s %s/ui/migrations, sign in with the token of 'all'%n", "page", server);
        out.println("  tokens");
        sandbox.tokens().byRole().forEach((role, token) -> out.printf("    %-14s %s%n", role, token));
        out.println("  kafka            " + sandbox.kafka().bootstrapServers());
        out.printf(
                "  requests         signed by %s, with %s%n",
                sandbox.requester().name(), sandbox.requester().privateKey());
        out.println("  folder           " + folder);
        out.printf(
                "  settings         of docker-compose.yml, but for %s%n",
                folder.resolve("services/*/laid-over.properties"));
        out.println("  for your shell");
        out.printf(
                "    export HUBFERRY_SERVER=%s HUBFERRY_TOKEN_FILE=%s SPEC=%s%n", server, tokens.resolve("all"), spec);
        out.println("Ctrl-C ends it.");
        new CountDownLatch(1).await();
    }
}
