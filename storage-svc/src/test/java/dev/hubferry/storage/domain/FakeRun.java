package dev.hubferry.storage.domain;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run of a command whose journal lives in memory, shared by all runs of a migration. */
public final class FakeRun implements CommandRun {
    private final MigrationId migration;
    private final MessageId command;
    private final long epoch;
    private final Map<String, String> journal;
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private volatile boolean lost;

    private FakeRun(MigrationId migration, MessageId command, long epoch, Map<String, String> journal) {
        this.migration = migration;
        this.command = command;
        this.epoch = epoch;
        this.journal = journal;
    }

    public static FakeRun of(MigrationId migration, String command) {
        return new FakeRun(migration, new MessageId(migration + "/" + command), 1, new ConcurrentHashMap<>());
    }

    /** Another command of the same migration. */
    public FakeRun then(String next) {
        return new FakeRun(migration, new MessageId(migration + "/" + next), 1, journal);
    }

    /** The same command, taken over. */
    public FakeRun takenOver() {
        return new FakeRun(migration, command, epoch + 1, journal);
    }

    /** From now on the lease is lost. */
    public void lose() {
        lost = true;
    }

    public List<Progress> progress() {
        return progress;
    }

    public Map<String, String> journal() {
        return journal;
    }

    @Override
    public MigrationId migration() {
        return migration;
    }

    @Override
    public MessageId command() {
        return command;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void ensureHeld() {
        if (lost) {
            throw new LeaseLost();
        }
    }

    @Override
    public void report(Progress said) {
        progress.add(said);
    }

    @Override
    public String recordBefore(String effect, String beforeJson) {
        String first = journal.putIfAbsent(effect, beforeJson);
        return first == null ? beforeJson : first;
    }

    @Override
    public Optional<String> before(String effect) {
        return Optional.ofNullable(journal.get(effect));
    }

    @Override
    public void forget(String effect) {
        journal.remove(effect);
    }

    /** What a lost lease looks like here. */
    public static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
