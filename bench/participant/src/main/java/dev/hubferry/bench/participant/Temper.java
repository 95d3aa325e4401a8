package dev.hubferry.bench.participant;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.K8sCommand;

/** How a command's participant behaves: well, unless the hub's name begins with a word that says otherwise. */
enum Temper {
    WELL(""),
    /** Works on the first check of the source for ever. */
    CRAWLS("crawls-"),
    /** Throws in the first check of the source. */
    CRASHES("crashes-"),
    /** Answers the first check of the source with what no JSON column can hold. */
    UNREADABLE("unreadable-");

    private final String prefix;

    Temper(String prefix) {
        this.prefix = prefix;
    }

    static Temper of(Command command) {
        if (command instanceof K8sCommand.CheckSource check) {
            for (Temper temper : values()) {
                if (temper != WELL && check.hub().namespace().startsWith(temper.prefix)) {
                    return temper;
                }
            }
        }
        return WELL;
    }
}
