package dev.hubferry.simulation.protocol;

import java.time.Instant;
import java.util.Optional;

/** What a use case may ask of the run that carries it out. */
public interface Access {
    Instant now();

    /** The id of the command. */
    String command();

    /** Which run of the command this is, from 1. */
    long epoch();

    /**
     * What every write to the outside does: it carries the run's epoch.
     *
     * @throws LeaseLostException when the outside has seen a greater one
     */
    void requireCurrent();

    /**
     * Keeps what is there before an effect, and returns what was kept first.
     *
     * @throws LeaseLostException when another run has the command
     */
    <T> T recordBefore(String effect, T before);

    <T> Optional<T> before(String effect, Class<T> type);

    /** @throws LeaseLostException when another run has the command */
    void forget(String effect);

    /** Keeps something for the acts that follow in this run; gone when the run is. */
    void remember(Object read);

    <T> T remembered(Class<T> type);
}
