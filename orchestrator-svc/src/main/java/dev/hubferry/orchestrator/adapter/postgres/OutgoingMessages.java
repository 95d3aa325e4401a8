package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.Topics;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.Outbox.Addressed;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.trace.TraceParent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts what a decision says into envelopes and into the outbox. */
final class OutgoingMessages {
    private final Outbox outbox;
    private final String source;

    /** @param source {@code ce_source} of what the orchestrator says */
    OutgoingMessages(Outbox outbox, String source) {
        this.outbox = outbox;
        this.source = source;
    }

    /** @param trace of the migration; a command is a part of its attempt, and so is what is said about it */
    List<Addressed> commands(MigrationId migration, List<Outgoing> outgoing, Instant now, Optional<TraceParent> trace) {
        List<Addressed> addressed = new ArrayList<>();
        for (Outgoing each : outgoing) {
            MessageId command = MessageId.ofCommand(migration, each.step());
            Message<? extends Body> message = switch (each) {
                case Outgoing.Send send -> message(migration, command, send.step(), send.command(), now);
                case Outgoing.Inquire inquire ->
                    message(
                            migration,
                            new MessageId(
                                    command.value() + "/probe/" + inquire.at().toEpochMilli()),
                            inquire.step(),
                            inquire.probe(),
                            now);
                case Outgoing.Withdraw withdraw ->
                    message(
                            migration,
                            new MessageId(command.value() + "/cancel"),
                            withdraw.step(),
                            withdraw.cancel(),
                            now);
            };
            addressed.add(in(
                    trace.map(root -> root.named("step/" + command)),
                    TraceParent.HEADER,
                    new Addressed(message, Topics.commandsFor(each.participant()))));
        }
        return addressed;
    }

    List<Addressed> events(MigrationId migration, List<NumberedEvent> events, Optional<TraceParent> trace) {
        List<Addressed> addressed = new ArrayList<>();
        for (NumberedEvent event : events) {
            Envelope envelope = new Envelope(
                    MessageId.ofEvent(migration, event.sequence()),
                    source,
                    WireTypes.nameOf(event.event().getClass()),
                    event.at(),
                    migration,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.of(event.sequence()));
            addressed.add(in(
                    trace,
                    TraceParent.EVENT_HEADER,
                    new Addressed(new Message<>(envelope, event.event()), Topics.EVENTS)));
        }
        return addressed;
    }

    private static Addressed in(Optional<TraceParent> trace, String header, Addressed message) {
        return trace.map(place -> message.in(place, header)).orElse(message);
    }

    /** Into the outbox: to whoever asked by event. It has the same id whenever it is said again. */
    void answer(Connection connection, EventRequest request, EventAnswer answer, Instant at) throws SQLException {
        String about = answer.about().map(MigrationId::value).orElse(request.id());
        outbox.add(
                connection,
                new Outbox.Letter(
                        Topics.ANSWERS,
                        about,
                        new Outbox.Letter.Attributes(
                                "%s/%s/%s".formatted(request.requester(), request.id(), answer.type()),
                                source,
                                answer.type(),
                                at,
                                about,
                                request.id()),
                        answer.body()));
    }

    /** Into the outbox, in this order. */
    void add(Connection connection, List<Addressed> messages) throws SQLException {
        outbox.addAll(connection, messages);
    }

    /** To be called after the commit. */
    void leave() {
        outbox.wake();
    }

    private <B extends Body> Message<B> message(
            MigrationId migration, MessageId id, StepRef step, B body, Instant now) {
        Envelope envelope = new Envelope(
                id,
                source,
                WireTypes.nameOf(body.getClass()),
                now,
                migration,
                Optional.of(step),
                Optional.empty(),
                OptionalLong.empty());
        return new Message<>(envelope, body);
    }
}
