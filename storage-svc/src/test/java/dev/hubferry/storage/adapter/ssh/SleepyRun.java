package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.FakeRun;
import java.util.Optional;

/** A run that sleeps at one of its looks at the lease, and does not notice what happened meanwhile. */
final class SleepyRun implements CommandRun {
    private final FakeRun run;
    private final Event meanwhile;
    private int looks;

    /** @param looks of which the last one is slept at */
    SleepyRun(FakeRun run, int looks, Event meanwhile) {
        this.run = run;
        this.looks = looks;
        this.meanwhile = meanwhile;
    }

    /** What happens while it sleeps. */
    @FunctionalInterface
    interface Event {
        void happen() throws InterruptedException;
    }

    @Override
    public MigrationId migration() {
        return run.migration();
    }

    @Override
    public MessageId command() {
        return run.command();
    }

    @Override
    public long epoch() {
        return run.epoch();
    }

    @Override
    public void ensureHeld() {
        if (--looks == 0) {
            try {
                meanwhile.happen();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void report(Progress progress) {
        run.report(progress);
    }

    @Override
    public String recordBefore(String effect, String beforeJson) {
        return run.recordBefore(effect, beforeJson);
    }

    @Override
    public Optional<String> before(String effect) {
        return run.before(effect);
    }

    @Override
    public void forget(String effect) {
        run.forget(effect);
    }
}
