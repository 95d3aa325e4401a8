package dev.hubferry.messaging;

/** Figures that somebody has to be asked for, such as the database; a bean of this is asked regularly, on a thread that only does that. */
public interface Sampled {
    Figures figures();

    /** Asks, and sets every figure; throws when there is no answer. */
    void ask();
}
