package dev.hubferry.k8s.messaging;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.k8s.domain.Journal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.messaging.EffectJournal;
import dev.hubferry.messaging.Execution;
import java.util.Optional;

/** A run under the kit's lease, as the domain sees it. */
record ExecutionWork(Execution execution) implements Work {
    @Override
    public MigrationId migration() {
        return execution.envelope().migration();
    }

    @Override
    public void ensureHeld() {
        execution.ensureHeld();
    }

    @Override
    public Journal journal() {
        return new KitJournal(execution.effects());
    }

    @Override
    public void report(String activity, int done, int total) {
        execution.report(new Progress(activity, 0, 0, done, total));
    }

    private record KitJournal(EffectJournal effects) implements Journal {
        @Override
        public String recordBefore(String effect, String beforeJson) {
            return effects.recordBefore(effect, beforeJson);
        }

        @Override
        public Optional<String> before(String effect) {
            return effects.before(effect);
        }

        @Override
        public void forget(String effect) {
            effects.forget(effect);
        }
    }
}
