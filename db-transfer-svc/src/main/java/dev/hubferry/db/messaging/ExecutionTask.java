package dev.hubferry.db.messaging;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.db.domain.TargetRecord;
import dev.hubferry.db.domain.Task;
import dev.hubferry.messaging.Execution;

/** A run of a command as the domain sees it. */
final class ExecutionTask implements Task {
    private final Execution execution;
    private final TargetRecord target;

    ExecutionTask(Execution execution) {
        this.execution = execution;
        this.target = new JournalledTarget(execution.effects());
    }

    @Override
    public MigrationId migration() {
        return execution.envelope().migration();
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
    public void report(String activity, long bytesDone, long bytesTotal) {
        execution.report(new Progress(activity, bytesDone, bytesTotal, 0, 0));
    }

    @Override
    public TargetRecord target() {
        return target;
    }
}
