package dev.hubferry.simulation.check;

/** What must hold in every schedule. */
public enum Invariant {
    BOTH_OPEN("never both hubs open to users"),
    TARGET_OPENED_EARLY("nobody gets into the held target before the pivot"),
    TARGET_WRITTEN_EARLY("no user writes on the target before the pivot"),
    WRITE_LOST("no acknowledged write is lost"),
    DNS_UNVERIFIED("DNS leads to the target only with verified homes and the transferred database"),
    STALE_CACHE("when the target opens, no cache leads to the source any more"),
    TWO_EXECUTORS("two executors never act at once: a stale one is refused"),
    DONE_TWICE("no command is done twice, and no effect made twice"),
    REPLY_TWICE("no reply is applied twice"),
    UNANSWERED("every command is answered"),
    WORLD_DIFFERS("after the way back the world is as it was"),
    NOT_CLEANED_UP("after completion nothing is left that was meant to be temporary"),
    BYSTANDER_HIT("what belongs to other migrations stays as they left it"),
    LIMIT_EXCEEDED("never more use a thing at once than its limit says"),
    OVER_BUDGET("no hub is closed while its final pass may take longer than its budget, unless a person has said so"),
    ENDLESS_COPYING("no attempt makes more final passes than the spec allows, whoever carries it on"),
    WAITED_WHILE_DOWN("no step waits for its turn while users wait for their hub"),
    THREW("nothing throws"),
    LIVENESS("every run ends as Completed, RolledBack or Parked, in bounded time");

    private final String rule;

    Invariant(String rule) {
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
