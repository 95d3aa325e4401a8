package dev.hubferry.orchestrator.api.problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;
    private final boolean inAudit;

    public ProblemException(ProblemDetail problem) {
        this(problem, false);
    }

    private ProblemException(ProblemDetail problem, boolean inAudit) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
        this.inAudit = inAudit;
    }

    /** A refusal that was put down with its decision. */
    public static ProblemException inAudit(ProblemDetail problem) {
        return new ProblemException(problem, true);
    }

    public boolean isInAudit() {
        return inAudit;
    }

    public ProblemDetail problem() {
        return problem;
    }
}
