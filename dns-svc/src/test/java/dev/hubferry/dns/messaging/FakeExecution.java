package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.messaging.EffectJournal;
import dev.hubferry.messaging.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A run that is never disturbed, with an effect journal in memory. */
final class FakeExecution implements Execution, EffectJournal {

    private final Map<String, String> effects = new HashMap<>();
    private final List<Progress> reports = new ArrayList<>();

    Map<String, String> recorded() {
        return effects;
    }

    List<Progress> reports() {
        return reports;
    }

    @Override
    public Envelope envelope() {
        return new Envelope(
                new MessageId("m-1/step"),
                "/hubferry/test",
                "dns.restore-ttl.v1",
                Instant.EPOCH,
                new MigrationId("m-1"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public void ensureHeld() {}

    @Override
    public void report(Progress progress) {
        reports.add(progress);
    }

    @Override
    public EffectJournal effects() {
        return this;
    }

    @Override
    public String recordBefore(String effect, String beforeJson) {
        return effects.computeIfAbsent(effect, _ -> beforeJson);
    }

    @Override
    public Optional<String> before(String effect) {
        return Optional.ofNullable(effects.get(effect));
    }

    @Override
    public void forget(String effect) {
        effects.remove(effect);
    }
}
