package dev.hubferry.cli;

/** What a script can tell by the exit code. */
public enum Exit {
    OK(0, "done; a watched migration was completed"),
    REFUSED(1, "refused by the server, or the input was rejected: every error is printed"),
    USAGE(2, "the command line, the spec file or the token file is wrong"),
    UNREACHABLE(3, "not reachable, no answer in time, or the server cannot answer now: try again"),
    NOT_ALLOWED(4, "the token is not valid, or its role does not allow this (401, 403)"),
    ROLLED_BACK(5, "the watched migration was taken back"),
    WAITS(6, "it is parked or waits at a gate for a person, where --until asked for that"),
    NEEDS_ATTENTION(7, "the plan needs attention");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** In one sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
