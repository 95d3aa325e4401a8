package dev.hubferry.sandbox.work;

import dev.hubferry.sandbox.Resources;
import dev.hubferry.testbed.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One user who keeps changing a home, as a process that shares no code with the product (users_at_work.py). */
public final class UserAtWork implements AutoCloseable {
    static final String SCRIPT = "users_at_work.py";

    private final ChildProcess process;

    private UserAtWork(ChildProcess process) {
        this.process = process;
    }

    /**
     * What the user does.
     *
     * @param user raw name, for the journal
     * @param home the user's directory
     * @param journal writes.jsonl, which all users append to; JOURNAL.intents/ beside it names what was begun
     * @param changesPerSecond on average
     * @param seed what is done, not when
     */
    public record Job(String user, Path home, Path journal, double changesPerSecond, long seed) {}

    /** Starts the process; its script and log lie in {@code directory}. */
    public static UserAtWork start(Path directory, Job job) {
        Path script = Resources.copyTo(directory, SCRIPT);
        List<String> command = List.of(
                "/usr/bin/python3",
                script.toString(),
                job.home().toString(),
                job.journal().toString(),
                "--user",
                job.user(),
                "--rate",
                Double.toString(job.changesPerSecond()),
                "--seed",
                Long.toString(job.seed()));
        // The name of a user need not be expressible in the locale of this machine.
        Map<String, String> environment = Map.of("PYTHONUTF8", "1");
        return new UserAtWork(ChildProcess.start(new ChildProcess.Spec(
                "user at work in " + job.home().getFileName(),
                command,
                environment,
                directory,
                directory.resolve("users_at_work.log"))));
    }

    public ChildProcess process() {
        return process;
    }

    /** Asks the user to finish the change under way; kills when that takes longer than the grace. */
    public void stop(Duration grace) {
        process.terminate(grace);
    }

    @Override
    public void close() {
        stop(Duration.ofMinutes(1));
    }
}
