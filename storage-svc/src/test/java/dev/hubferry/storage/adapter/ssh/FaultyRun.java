package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.FakeRun;
import java.util.Optional;

/** A run that loses its lease after it has looked at it a number of times. */
final class FaultyRun implements CommandRun {
    private final FakeRun run;
    private int looks;

    FaultyRun(FakeRun run, int looks) {
        this.run = run;
        this.looks = looks;
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
        if (looks-- <= 0) {
            run.lose();
        }
        run.ensureHeld();
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
