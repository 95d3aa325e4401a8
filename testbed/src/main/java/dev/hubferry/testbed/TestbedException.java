package dev.hubferry.testbed;

import org.jspecify.annotations.Nullable;

/** A real part could not be started, reached or stopped; the message says which and shows the end of its log. */
public final class TestbedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TestbedException(String message) {
        super(message);
    }

    public TestbedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
