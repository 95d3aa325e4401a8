package dev.hubferry.db;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.db.domain.DatabaseFiles;
import dev.hubferry.db.domain.TargetRecord;
import dev.hubferry.db.domain.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A run that remembers in memory, across runs when the same record is used, and can be made to crash at any of its calls. */
public final class MemoryTask implements Task {
    private final MigrationId migration;
    private final long epoch;
    private final Record record;
    private final AtomicInteger calls = new AtomicInteger();
    private int eventfulCall = -1;
    private Runnable event = () -> {};
    private final List<String> reports = new ArrayList<>();

    public MemoryTask(String migration, long epoch, Record record) {
        this.migration = new MigrationId(migration);
        this.epoch = epoch;
        this.record = record;
    }

    /** A first run with nothing remembered. */
    public static MemoryTask of(String migration) {
        return new MemoryTask(migration, 1, new Record());
    }

    /** The next run of the same command. */
    public MemoryTask next() {
        return new MemoryTask(migration.value(), epoch + 1, record);
    }

    /** Lets the {@code call}-th call, from 0, to {@link #ensureHeld} fail as when another replica took over. */
    public MemoryTask losingLeaseAt(int call) {
        eventfulCall = call;
        event = () -> {
            throw new LeaseLost();
        };
        return this;
    }

    /** Interrupts the thread that makes the {@code call}-th call, from 0, to {@link #ensureHeld}. */
    public MemoryTask interruptedAt(int call) {
        eventfulCall = call;
        event = () -> Thread.currentThread().interrupt();
        return this;
    }

    /** Calls to {@link #ensureHeld} so far. */
    public int calls() {
        return calls.get();
    }

    @Override
    public MigrationId migration() {
        return migration;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void ensureHeld() {
        if (calls.getAndIncrement() == eventfulCall) {
            event.run();
        }
    }

    @Override
    public void report(String activity, long bytesDone, long bytesTotal) {
        reports.add(activity);
    }

    @Override
    public TargetRecord target() {
        return record;
    }

    /** Thrown instead of the messaging kit's exception, which the domain does not know. */
    public static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What outlives a run. */
    public static final class Record implements TargetRecord {
        private Optional<DatabaseFiles> own = Optional.empty();
        private boolean placing;

        @Override
        public DatabaseFiles recordOwn(DatabaseFiles files) {
            own = own.or(() -> Optional.of(files));
            return own.get();
        }

        @Override
        public Optional<DatabaseFiles> own() {
            return own;
        }

        @Override
        public void recordPlacing() {
            placing = true;
        }

        @Override
        public boolean placingBegun() {
            return placing;
        }

        @Override
        public void forget() {
            own = Optional.empty();
            placing = false;
        }
    }
}
