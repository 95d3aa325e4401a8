package dev.hubferry.storage.adapter.metrics;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.CommandRun;
import java.util.Optional;
import java.util.function.Consumer;

/** A run whose progress somebody else hears of, too. */
record WatchedRun(CommandRun run, Consumer<Progress> heard) implements CommandRun {
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
        run.ensureHeld();
    }

    @Override
    public void report(Progress progress) {
        heard.accept(progress);
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
