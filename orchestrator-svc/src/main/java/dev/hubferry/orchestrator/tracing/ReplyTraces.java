package dev.hubferry.orchestrator.tracing;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.trace.TraceParent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which replies this thread is applying, and where in their traces they came from: the turns that they make are parts of those. */
public final class ReplyTraces implements AutoCloseable {
    private static final ThreadLocal<Map<MessageId, TraceParent>> APPLYING = ThreadLocal.withInitial(HashMap::new);

    private ReplyTraces() {}

    /** Until closed. @param byCommand the replies' places, by the commands that they answer */
    public static ReplyTraces applying(Map<MessageId, TraceParent> byCommand) {
        if (!byCommand.isEmpty()) {
            APPLYING.set(byCommand);
        }
        return new ReplyTraces();
    }

    static Optional<TraceParent> replyTo(MessageId command) {
        return Optional.ofNullable(APPLYING.get().get(command));
    }

    @Override
    public void close() {
        APPLYING.remove();
    }
}
