package dev.hubferry.db.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import java.util.List;

/** An expected failure on its way to the handler, which answers it as {@link Rejected}. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    public Refusal(Rejected rejected) {
        super(rejected.code() + ": " + rejected.detail());
        this.rejected = rejected;
    }

    public Refusal(Problem problem) {
        this(Rejected.of(List.of(problem)));
    }

    /** Shorthand for a refusal with one {@link Problem}. */
    public static Refusal of(ErrorCode code, String where, String detail, String remedy) {
        return new Refusal(new Problem(code, where, detail, remedy));
    }

    /** What is answered. */
    public Rejected rejected() {
        return rejected;
    }

    /** The problems in it; at least one. */
    public List<Problem> problems() {
        return rejected.problems().isEmpty()
                ? List.of(new Problem(rejected.code(), "database", rejected.detail(), "see the detail"))
                : rejected.problems();
    }
}
