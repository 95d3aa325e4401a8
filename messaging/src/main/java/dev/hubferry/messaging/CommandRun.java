package dev.hubferry.messaging;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.Require;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One run of a command, from the handler's call to the answer. */
final class CommandRun {
    private static final Logger LOG = Logger.getLogger(CommandRun.class);

    private final AnyHandler<?> handler;
    private final Message<?> command;
    private final Execution execution;
    private final Lease lease;
    private final Replies replies;

    CommandRun(AnyHandler<?> handler, Message<?> command, Execution execution, Lease lease, Replies replies) {
        this.handler = handler;
        this.command = command;
        this.execution = execution;
        this.lease = lease;
        this.replies = replies;
    }

    /** The answer, or empty when the command belongs to another run and is answered by that. */
    Optional<Message<Reply>> run() {
        LOG.info("command started");
        Optional<Message<Reply>> answer = answer(handle());
        answer.ifPresent(
                reply -> LOG.infof("command answered with %s", reply.envelope().type()));
        return answer;
    }

    private Outcome handle() {
        lease.startIn(Thread.currentThread());
        try {
            Reply reply = Require.present(handler.handle(command.body(), execution), "the handler's reply");
            Message<Reply> answer = replies.to(command.envelope(), reply);
            Outbox.requireFit(answer);
            return new Answered(answer);
        } catch (LeaseLostException e) {
            // The journal may have learned it from the database before this process could know.
            lease.lose(e.getMessage() == null ? "another run has the command" : e.getMessage());
            return new Failed(e);
        } catch (Throwable e) {
            // Whatever it is, errors too: a command without an answer would leave its migration waiting.
            return new Failed(e);
        } finally {
            lease.endRun();
        }
    }

    private Optional<Message<Reply>> answer(Outcome outcome) {
        return switch (outcome) {
            case Answered answered
            when answered.answer().body() instanceof Rejected -> unlessCutShort(answered::answer);
            // The handler did it. Whether the command still belongs to this run is for the database to say.
            case Answered answered -> Optional.of(answered.answer());
            case Failed failed -> unlessCutShort(() -> replies.to(command.envelope(), unexpected(failed.cause())));
        };
    }

    /** A failure after the cancellation, after the loss of the lease, or at the process's end tells only how the work was cut short. */
    private Optional<Message<Reply>> unlessCutShort(Supplier<Message<Reply>> failure) {
        return switch (lease.standing()) {
            case Standing.Held _
            when ProcessEnd.hasBegun() -> {
                LOG.info("the run has failed while the service stops");
                yield Optional.empty();
            }
            case Standing.Held _ -> Optional.of(failure.get());
            case Standing.Cancelled _ -> Optional.of(replies.cancelled(command.envelope()));
            case Standing.Lost lost -> {
                LOG.infof("the run has lost its command: %s", lost.reason());
                yield Optional.empty();
            }
        };
    }

    /** Names the failure's class but not its message, which may repeat a secret; the reference leads to the log. */
    private static Rejected unexpected(Throwable cause) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.warnf(cause, "command failed unexpectedly, reference %s", reference);
        String detail = "unexpected %s, see the log of the service at reference %s"
                .formatted(cause.getClass().getSimpleName(), reference);
        return Rejected.of(ErrorCode.UNEXPECTED, detail);
    }

    private sealed interface Outcome {}

    private record Answered(Message<Reply> answer) implements Outcome {}

    private record Failed(Throwable cause) implements Outcome {}
}
