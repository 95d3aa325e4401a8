package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.trace.TraceParent;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;

/** The keys that every line of the log about a command, or a step, carries, on this thread, until closed. */
public final class LogKeys implements AutoCloseable {
    private static final List<String> KEYS =
            List.of("migration", "step", "attempt", "command", "epoch", "traceId", "spanId");

    private LogKeys() {}

    static LogKeys put(Envelope command, long epoch, Optional<TraceParent> trace) {
        LogKeys keys = put(command.migration(), command.step());
        MDC.put("command", command.type());
        MDC.put("epoch", Long.toString(epoch));
        return keys.in(trace);
    }

    /** And where it is in a trace, if it is in one. */
    public LogKeys in(Optional<TraceParent> trace) {
        trace.ifPresent(at -> {
            MDC.put("traceId", at.traceId());
            MDC.put("spanId", at.spanId());
        });
        return this;
    }

    /** @param step empty for what is about the whole migration */
    public static LogKeys put(MigrationId migration, Optional<StepRef> step) {
        MDC.put("migration", migration.value());
        step.ifPresent(ref -> {
            MDC.put("step", ref.name());
            MDC.put("attempt", Integer.toString(ref.attempt()));
        });
        return new LogKeys();
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
