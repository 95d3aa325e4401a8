package dev.hubferry.storage.messaging;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.messaging.Execution;
import dev.hubferry.storage.domain.CommandRun;
import java.util.Optional;

/** One run of a command under its lease, as the domain sees it. */
final class ExecutionRun implements CommandRun {
    private final Execution execution;

    ExecutionRun(Execution execution) {
        this.execution = execution;
    }

    @Override
    public MigrationId migration() {
        return execution.envelope().migration();
    }

    @Override
    public MessageId command() {
        return execution.envelope().id();
    }

    @Override
    public long epoch() {
        return execution.epoch();
    }

    @Override
    public void ensureHeld() {
        execution.ensureHeld();
    }

    @Override
    public void report(Progress progress) {
        execution.report(progress);
    }

    @Override
    public String recordBefore(String effect, String beforeJson) {
        return execution.effects().recordBefore(effect, beforeJson);
    }

    @Override
    public Optional<String> before(String effect) {
        return execution.effects().before(effect);
    }

    @Override
    public void forget(String effect) {
        execution.effects().forget(effect);
    }
}
