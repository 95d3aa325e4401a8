package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Progress;

/** A run under its lease, as the handler sees it. */
final class LeasedExecution implements Execution {
    private final Envelope envelope;
    private final long epoch;
    private final Lease lease;
    private final ProgressPublisher progress;
    private final EffectJournal effects;

    LeasedExecution(Envelope envelope, long epoch, Lease lease, ProgressPublisher progress, EffectJournal effects) {
        this.envelope = envelope;
        this.epoch = epoch;
        this.lease = lease;
        this.progress = progress;
        this.effects = effects;
    }

    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void ensureHeld() {
        switch (lease.standing()) {
            case Standing.Held _ -> {}
            case Standing.Cancelled _ -> throw new CommandCancelledException(envelope.id());
            case Standing.Lost lost -> throw new LeaseLostException(lost.reason());
        }
    }

    @Override
    public void report(Progress report) {
        progress.report(lease, envelope, report);
    }

    @Override
    public EffectJournal effects() {
        return effects;
    }
}
