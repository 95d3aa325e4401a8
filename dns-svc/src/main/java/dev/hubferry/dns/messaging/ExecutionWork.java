package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.Progress;
import dev.hubferry.dns.domain.ChangeJournal;
import dev.hubferry.dns.domain.ZoneWork;
import dev.hubferry.messaging.Execution;

/** One run of a command under its lease. */
final class ExecutionWork implements ZoneWork {

    private final Execution execution;
    private final ChangeJournal journal;

    ExecutionWork(Execution execution) {
        this.execution = execution;
        this.journal = new EffectChangeJournal(execution.effects());
    }

    @Override
    public void ensureHeld() {
        execution.ensureHeld();
    }

    @Override
    public void ensureHeldByDatabase() {
        execution.ensureHeld();
        // The journal asks the database who has the command before it drops anything; under this name there is nothing
        // to drop.
        execution.effects().forget("nothing");
    }

    @Override
    public String command() {
        return execution.envelope().id().value();
    }

    @Override
    public long epoch() {
        return execution.epoch();
    }

    @Override
    public void reportServers(String activity, int ready, int all) {
        execution.report(new Progress(activity, 0, 0, ready, all));
    }

    @Override
    public ChangeJournal journal() {
        return journal;
    }
}
