package dev.hubferry.orchestrator.api.problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    public ProblemException(ProblemDetail problem) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
    }

    public ProblemDetail problem() {
        return problem;
    }
}
