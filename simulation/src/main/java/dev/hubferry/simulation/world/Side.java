package dev.hubferry.simulation.world;

/** The two places that a hub can be. */
public enum Side {
    SOURCE,
    TARGET
}
