package dev.hubferry.orchestrator.saga.forecast;

/** By what a range is made wider because it rests on few figures: 2 for one, 1.5 for two, 1.1 for ten. */
final class Stretch {
    private Stretch() {}

    static double of(double figures) {
        return 1 + 1 / figures;
    }
}
