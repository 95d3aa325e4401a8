package dev.hubferry.messaging;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.DnsReply.Propagated;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Acts on a world, which is a table, until the test opens the gate of the run's epoch.
 *
 * <p>For the name {@code stubborn.example.org} it asks nobody whether it may, until the gate opens; then it tries whatever a run that
 * lost its lease must not do.
 */
final class GatedHandler implements CommandHandler<DnsCommand> {
    static final String OBEDIENT = "obedient.example.org";
    static final String STUBBORN = "stubborn.example.org";

    /** Fails as soon as its process is to end, as whoever uses a library does that has stopped already. */
    static final String FRAGILE = "fragile.example.org";

    private static final CountDownLatch ENDING = new CountDownLatch(1);
    private static volatile boolean fragileAtWork;

    /** The pool may hold several connections that died in the frost, and a busy machine takes its time to make new ones. */
    private static final int MOST_FAILURES = 200;

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final TestDatabase database;

    GatedHandler(TestDatabase database) {
        this.database = database;
    }

    static void createWorld(TestDatabase database) {
        database.execute("""
                create table world (at timestamptz not null default clock_timestamp(), epoch bigint, what text);
                create table gate (epoch bigint primary key)
                """);
    }

    static void open(TestDatabase database, long epoch) {
        database.execute("insert into gate values (" + epoch + ")");
    }

    /** For whatever run it comes to. */
    static void openAll(TestDatabase database) {
        database.execute("insert into gate select generate_series(1, 20)");
    }

    static List<String> world(TestDatabase database, long epoch) {
        return database.rows("select distinct what from world where epoch = " + epoch + " order by what");
    }

    @Override
    public Class<DnsCommand> commandType() {
        return DnsCommand.class;
    }

    @Override
    public String exclusiveKey(DnsCommand command) {
        return "zone:" + command.zone();
    }

    @Override
    public Reply handle(DnsCommand command, Execution execution) throws InterruptedException {
        long epoch = execution.epoch();
        if (command.name().equals(FRAGILE) && epoch == 1) {
            failAtTheProcessesEnd();
        }
        boolean stubborn = command.name().equals(STUBBORN);
        while (!isOpen(epoch)) {
            if (!stubborn) {
                execution.ensureHeld();
            }
            note(epoch, "acted");
            pause(stubborn);
        }
        if (stubborn) {
            tryEverything(execution);
        }
        return new Propagated(List.of("epoch-" + epoch));
    }

    private void failAtTheProcessesEnd() throws InterruptedException {
        note(1, "acted");
        fragileAtWork = true;
        ENDING.await();
        throw new IllegalStateException("Shutdown in progress");
    }

    /** To be called when the process is to end; returns when the failure of a fragile command has come to its end. */
    static void processEnds(TestDatabase database) {
        ENDING.countDown();
        if (fragileAtWork) {
            Kit.until(
                    "the failure to be settled",
                    () -> database.rows("select from inbox where owner is not null")
                            .isEmpty());
        }
    }

    private void tryEverything(Execution execution) {
        attempt(execution, "ensureHeld", execution::ensureHeld);
        attempt(execution, "journal", () -> {
            String unused = execution.effects().recordBefore("zone", "\"epoch-" + execution.epoch() + "\"");
        });
        attempt(execution, "forget", () -> execution.effects().forget("other"));
        execution.report(new Progress("epoch-" + execution.epoch(), 0, 0, 0, 0));
    }

    private void attempt(Execution execution, String what, Runnable attempt) {
        try {
            // The interrupt that tells a lost lease may hit the attempt itself; what is asked here is whether it is
            // allowed.
            evenIfInterrupted(attempt);
            note(execution.epoch(), what + " allowed");
        } catch (LeaseLostException e) {
            note(execution.epoch(), what + " refused");
        }
    }

    private void note(long epoch, String what) {
        evenIfInterrupted(
                () -> database.execute("insert into world (epoch, what) values (" + epoch + ", '" + what + "')"));
    }

    private boolean isOpen(long epoch) {
        boolean[] open = new boolean[1];
        evenIfInterrupted(() -> open[0] =
                !database.rows("select from gate where epoch = " + epoch).isEmpty());
        return open[0];
    }

    /**
     * An interrupt closes the socket that a virtual thread reads from, and the database ends the session of a process that was frozen in the
     * middle of a transaction; after a thaw both may come, one after the other.
     */
    private static void evenIfInterrupted(Runnable work) {
        boolean interrupted = false;
        int failures = 0;
        while (true) {
            interrupted |= Thread.interrupted();
            try {
                work.run();
                break;
            } catch (DatabaseException e) {
                failures++;
                if (failures == MOST_FAILURES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(boolean stubborn) throws InterruptedException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            if (!stubborn) {
                throw e;
            }
        }
    }
}
