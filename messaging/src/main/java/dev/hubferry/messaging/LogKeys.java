package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.StepRef;
import java.util.List;
import org.jboss.logging.MDC;

/** The keys that every line of the log about a command carries, on this thread, until closed. */
final class LogKeys implements AutoCloseable {
    private static final List<String> KEYS = List.of("migration", "step", "attempt", "command", "epoch");

    private LogKeys() {}

    static LogKeys put(Envelope command, long epoch) {
        MDC.put("migration", command.migration().value());
        MDC.put("step", command.step().map(StepRef::name).orElse(""));
        MDC.put(
                "attempt",
                command.step().map(step -> Integer.toString(step.attempt())).orElse(""));
        MDC.put("command", command.type());
        MDC.put("epoch", Long.toString(epoch));
        return new LogKeys();
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
