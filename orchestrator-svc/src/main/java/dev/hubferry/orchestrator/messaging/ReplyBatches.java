package dev.hubferry.orchestrator.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.messaging.DatabaseException;
import dev.hubferry.messaging.LogKeys;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.MessageReader.Received;
import dev.hubferry.messaging.Retry;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.Hearing.Heard;
import dev.hubferry.orchestrator.saga.Hearing.Said;
import dev.hubferry.orchestrator.tracing.ReplyTraces;
import dev.hubferry.trace.TraceParent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Applies replies in batches, a transaction each. A batch that fails is halved until the guilty reply is alone and goes to the dead
 * letters; a reply whose migration somebody else is changing is waited for after the others. The order of a migration's replies is kept.
 */
final class ReplyBatches {
    private static final Logger LOG = Logger.getLogger(ReplyBatches.class);

    /** More would save little and hold the rows of many migrations for long. */
    private static final int MOST_AT_ONCE = 100;

    private final MessageReader reader;
    private final Hearing hearing;
    private final HandOver handOver;
    private final Retry retry;

    ReplyBatches(MessageReader reader, Hearing hearing, HandOver handOver, Retry retry) {
        this.reader = reader;
        this.hearing = hearing;
        this.handOver = handOver;
        this.retry = retry;
    }

    /** A reply that can be read, and what it says. */
    record Heedable(Received received, Said said) {}

    /**
     * Returns when each reply was applied, ignored, handed over, or put into the dead letters.
     *
     * @throws InterruptedException when the service stops first
     */
    void apply(List<Heedable> replies) throws InterruptedException {
        for (int from = 0; from < replies.size(); from += MOST_AT_ONCE) {
            applyTogether(replies.subList(from, Math.min(from + MOST_AT_ONCE, replies.size())));
        }
    }

    private void applyTogether(List<Heedable> batch) throws InterruptedException {
        if (batch.size() == 1) {
            applyAlone(batch.getFirst());
            return;
        }
        List<Said> said = batch.stream().map(Heedable::said).toList();
        List<Optional<Heard>> heard;
        try {
            try (ReplyTraces _ = ReplyTraces.applying(traces(batch))) {
                heard = retry.untilDone("apply replies", () -> hearing.heard(said));
            }
        } catch (RuntimeException e) {
            LOG.debug("one of several replies cannot be applied", e);
            applyTogether(batch.subList(0, batch.size() / 2));
            applyTogether(batch.subList(batch.size() / 2, batch.size()));
            return;
        }
        List<Heedable> left = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (heard.get(i).isPresent()) {
                settle(batch.get(i), heard.get(i).get());
            } else {
                left.add(batch.get(i));
            }
        }
        for (Heedable reply : left) {
            applyAlone(reply);
        }
    }

    private void applyAlone(Heedable reply) throws InterruptedException {
        Said said = reply.said();
        try {
            Heard heard;
            try (ReplyTraces _ = ReplyTraces.applying(traces(List.of(reply)))) {
                heard = retry.untilDone("apply a reply", () -> hearing.heard(said));
            }
            settle(reply, heard);
        } catch (DatabaseException e) {
            reader.refuse(reply.received(), "the database cannot hold it: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "a reply cannot be applied; the participant will be asked again: migration=%s, message=%s",
                    said.migration(),
                    said.message());
            reader.refuse(reply.received(), "it cannot be applied: " + e);
        }
    }

    /** Where in traces they came from, by the commands that they answer. */
    private static Map<MessageId, TraceParent> traces(List<Heedable> replies) {
        Map<MessageId, TraceParent> traces = new HashMap<>();
        for (Heedable reply : replies) {
            Envelope envelope = reply.received().message().envelope();
            Optional<TraceParent> trace = TraceParent.of(reply.received().source());
            if (trace.isPresent() && envelope.causation().isPresent()) {
                traces.put(envelope.causation().get(), trace.get());
            }
        }
        return traces;
    }

    private void settle(Heedable reply, Heard heard) throws InterruptedException {
        Said said = reply.said();
        Envelope envelope = reply.received().message().envelope();
        try (LogKeys _ = LogKeys.put(envelope.migration(), envelope.step())) {
            settle(reply, said, heard);
        }
    }

    private void settle(Heedable reply, Said said, Heard heard) throws InterruptedException {
        switch (heard) {
            case Heard.Applied _, Heard.Repeated _ -> {}
            case Heard.Ignored ignored ->
                LOG.infof(
                        "a reply was ignored: migration=%s, message=%s, reason=%s",
                        said.migration(), said.message(), ignored.reason());
            case Heard.NotOurs other ->
                handOver.put(
                        reply.received().source(), reply.received().message().envelope(), other.definition());
            case Heard.Unknown _ -> reader.refuse(reply.received(), "no migration is called " + said.migration());
        }
    }
}
