package dev.hubferry.system.crash;

/** What a migration has to go through so that a service comes by a failpoint. */
enum Scenario {
    /** The hub moves. */
    FORWARD("COMPLETED"),
    /** The last row above the pivot fails, and all is taken back. */
    WAY_BACK("ROLLED_BACK"),
    /** The hub moves, and the service finds a record on its topic that nobody can read. */
    BAD_RECORD("COMPLETED"),
    /** The hub moves, and the service is asked to end (SIGTERM) while it carries out a command. */
    STOP("COMPLETED"),
    /** The hub moves, and the first command that reads the source's database waits for its cluster until the service has halted. */
    SLOW_CLUSTER("COMPLETED"),
    /** The hub moves, and dns-svc has halted before it sent a write that it had written down: its successor waits for that. */
    UNFINISHED_WRITE("COMPLETED"),
    /** The service never comes by; why is in the list. */
    NEVER("");

    private final String end;

    Scenario(String end) {
        this.end = end;
    }

    /** The state in which the migration has to end. */
    String end() {
        return end;
    }
}
