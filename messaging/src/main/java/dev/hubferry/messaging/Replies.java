package dev.hubferry.messaging;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.WireTypes;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Puts what a service says about a command into an envelope that belongs to it. */
final class Replies {
    private final String source;
    private final Clock clock;

    Replies(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The one reply to a command; its id follows from the command's, so that a reply said twice is handled once. */
    Message<Reply> to(Envelope command, Reply reply) {
        return new Message<>(
                envelope(command, MessageId.ofReplyTo(command.id()), WireTypes.nameOf(reply.getClass())), reply);
    }

    Message<Reply> cancelled(Envelope command) {
        return to(command, Rejected.of(ErrorCode.CANCELLED, "the orchestrator withdrew the command"));
    }

    /** The answer to a probe. */
    Message<CommandStatus> status(Envelope probe, CommandStatus status) {
        MessageId id = new MessageId(probe.id().value() + "/status");
        return new Message<>(envelope(probe, id, WireTypes.nameOf(CommandStatus.class)), status);
    }

    Message<Progress> progress(Envelope command, Progress progress) {
        MessageId id = new MessageId(UUID.randomUUID().toString());
        return new Message<>(envelope(command, id, WireTypes.nameOf(Progress.class)), progress);
    }

    private Envelope envelope(Envelope command, MessageId id, String type) {
        return new Envelope(
                id,
                source,
                type,
                clock.instant(),
                command.migration(),
                command.step(),
                Optional.of(command.id()),
                OptionalLong.empty());
    }
}
