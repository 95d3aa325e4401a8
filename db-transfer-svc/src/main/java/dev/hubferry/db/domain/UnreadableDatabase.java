package dev.hubferry.db.domain;

import dev.hubferry.contracts.HubRef;

/** A hub's database that SQLite cannot even copy: a finding about that hub. */
public final class UnreadableDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * @param hub whose database it is
     * @param detail what SQLite said
     */
    public UnreadableDatabase(HubRef hub, String detail) {
        super(HubProfile.where(hub) + ": " + detail);
        this.detail = detail;
    }

    /** What SQLite said. */
    public String detail() {
        return detail;
    }
}
