package dev.hubferry.k8s.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import java.util.List;

/** An expected failure on its way to the reply. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    public Refusal(Rejected rejected) {
        super(rejected.code() + ": " + rejected.detail());
        this.rejected = rejected;
    }

    /** A refusal with one cause, said in one sentence without secrets. */
    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(Rejected.of(code, detail));
    }

    /** A refusal for every problem that was found. */
    public static Refusal of(List<Problem> problems) {
        return new Refusal(Rejected.of(problems));
    }

    public Rejected rejected() {
        return rejected;
    }

    public ErrorCode code() {
        return rejected.code();
    }
}
