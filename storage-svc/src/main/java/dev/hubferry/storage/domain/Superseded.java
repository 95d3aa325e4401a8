package dev.hubferry.storage.domain;

/** A host refused this run of a command: a newer run, or a later command of the same migration, has been there. */
public final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Superseded(String detail) {
        super(detail);
    }
}
