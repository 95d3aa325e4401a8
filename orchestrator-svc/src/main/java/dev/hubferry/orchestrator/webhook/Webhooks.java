package dev.hubferry.orchestrator.webhook;

import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import dev.hubferry.orchestrator.saga.AuditScope;
import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import dev.hubferry.orchestrator.webhook.WebhookStore.DeadLetter;
import dev.hubferry.orchestrator.webhook.WebhookStore.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** What people may see of webhooks and ask of them. */
public final class Webhooks {
    private final Map<String, Webhook> configured;
    private final WebhookStore store;
    private final WebhookSender sender;
    private final String source;
    private final Clock clock;
    private final Map<String, Semaphore> tests = new ConcurrentHashMap<>();

    /** @param source {@code ce_source} of what the orchestrator says */
    public Webhooks(List<Webhook> configured, WebhookStore store, WebhookSender sender, String source, Clock clock) {
        this.configured = new TreeMap<>();
        configured.forEach(webhook -> this.configured.put(webhook.name(), webhook));
        this.store = store;
        this.sender = sender;
        this.source = source;
        this.clock = clock;
    }

    /** @param webhook empty when this replica is not configured with it: what waits for it waits on */
    public record Shown(Optional<Webhook> webhook, Standing standing) {
        /** Whether it wants events of a type, as far as is known here. */
        public boolean wants(String type) {
            return webhook.isEmpty() || webhook.get().events().wants(type);
        }
    }

    /** What became of a test. */
    public sealed interface Tested {
        record Done(Answer answer) implements Tested {}

        /** Another one is under way. */
        record Busy() implements Tested {}

        /** This replica is not configured with it. */
        record Unknown() implements Tested {}
    }

    /** Those that this replica is configured with. */
    public List<Webhook> configured() {
        return List.copyOf(configured.values());
    }

    /** By name. */
    public List<Shown> all() {
        return store.standings().stream()
                .map(standing -> new Shown(Optional.ofNullable(configured.get(standing.name())), standing))
                .toList();
    }

    public boolean knows(String name) {
        return configured.containsKey(name)
                || store.standings().stream()
                        .anyMatch(standing -> standing.name().equals(name));
    }

    public List<DeadLetter> deadLetters(String name, long after, int limit) {
        return store.deadLetters(name, after, limit);
    }

    /** @return how many are sent again now; 0 when there is none such */
    public int redeliver(String name, OptionalLong letter, String by) {
        String which = letter.isPresent() ? " " + letter.getAsLong() : "";
        return store.redeliver(name, letter, fact(by, "redeliver", name + which), now());
    }

    /** Sends an event of its own, which is in no history, and waits for the answer. */
    public Tested test(String name, String by) throws InterruptedException {
        Optional<Webhook> webhook = Optional.ofNullable(configured.get(name));
        if (webhook.isEmpty()) {
            return new Tested.Unknown();
        }
        Semaphore one = tests.computeIfAbsent(name, _ -> new Semaphore(1));
        if (!one.tryAcquire()) {
            return new Tested.Busy();
        }
        try {
            Answer answer = send(webhook.get());
            store.tested(name, answer instanceof Answer.Taken, fact(by, "test", name), now());
            return new Tested.Done(answer);
        } finally {
            one.release();
        }
    }

    /** On a thread of its own, as everything that looks up names. */
    private Answer send(Webhook webhook) throws InterruptedException {
        String id = "webhook/%s/test/%s".formatted(webhook.name(), UUID.randomUUID());
        Instant now = clock.instant();
        Posting posting = Posting.signed(webhook, id, WebhookEvent.test(id, source, webhook.name(), now), now);
        List<Answer> answers = new ArrayList<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("webhook-" + webhook.name() + "-test")
                .start(() -> {
                    try {
                        answers.add(sender.send(webhook, posting));
                    } catch (InterruptedException e) {
                        answers.add(new Answer.Failed("the service stops"));
                    }
                });
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
        return answers.isEmpty() ? new Answer.Failed("it could not be sent; the log says why") : answers.getFirst();
    }

    private Fact fact(String by, String verb, String detail) {
        return new Fact(new AuditScope.OfRequests(), now(), by, verb + " webhook", detail, "ACCEPTED");
    }

    /** As it is kept, so that the hash of what is read is that of what was written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
