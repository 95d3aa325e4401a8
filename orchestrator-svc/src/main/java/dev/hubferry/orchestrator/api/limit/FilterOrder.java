package dev.hubferry.orchestrator.api.limit;

/** In which order a request passes: the highest first. Quarkus looks who it is at 200, and whether that one may at 100. */
final class FilterOrder {
    /** Before a token is looked at. */
    static final int GUESSES = 290;

    static final int BODY_LIMIT = 280;

    /** When it is known whose the token is. */
    static final int RATES = 150;

    private FilterOrder() {}
}
