package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Rejected;

/** A failure that has a name; the handler answers with what it carries. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    public Refusal(Rejected rejected) {
        super(rejected.code() + ": " + rejected.detail());
        this.rejected = rejected;
    }

    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(Rejected.of(code, detail));
    }

    /** With the cause for the log; the cause is not answered. */
    public static Refusal of(ErrorCode code, String detail, Throwable cause) {
        Refusal refusal = of(code, detail);
        refusal.initCause(cause);
        return refusal;
    }

    public Rejected rejected() {
        return rejected;
    }

    public boolean isTransient() {
        return rejected.code().category() == ErrorCategory.TRANSIENT;
    }
}
