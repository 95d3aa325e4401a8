package dev.hubferry.orchestrator.api;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged while it is open, with stack traces. */
final class LogTap extends Handler implements AutoCloseable {
    private final StringBuffer text = new StringBuffer();

    private LogTap() {}

    static LogTap open() {
        LogTap tap = new LogTap();
        Logger.getLogger("").addHandler(tap);
        return tap;
    }

    String text() {
        return text.toString();
    }

    @Override
    public void publish(LogRecord record) {
        text.append(new SimpleFormatter().formatMessage(record)).append('\n');
        if (record.getThrown() != null) {
            StringWriter stack = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(stack));
            text.append(stack);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
