package dev.hubferry.db.domain;

/**
 * Where the users' servers move, as far as the database knows.
 *
 * @param fromNamespace the source hub's namespace
 * @param toNamespace the target hub's namespace; may be the same
 */
public record Relocation(String fromNamespace, String toNamespace) {
    /** Whether anything in the database must be rewritten. */
    public boolean changesNamespace() {
        return !fromNamespace.equals(toNamespace);
    }
}
