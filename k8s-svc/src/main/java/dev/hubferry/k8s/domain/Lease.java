package dev.hubferry.k8s.domain;

/** The right to act. */
@FunctionalInterface
public interface Lease {
    /** Returns when this run may still act; throws an exception of the messaging kit, to be let pass, when it must stop. */
    void ensureHeld();
}
