package dev.hubferry.bench.homes;

/** What is measured, in the order in which a round does it. */
enum Case {
    FULL_COPY("full copy", 0),
    NOTHING_CHANGED("nothing changed", 0),
    ONE_PERCENT("1 % changed", 1),
    TENTH_PERCENT("0.1 % changed", 0.1);

    private final String title;
    private final double changed;

    Case(String title, double changed) {
        this.title = title;
        this.changed = changed;
    }

    String title() {
        return title;
    }

    /** How many of a hundred files of the source are changed first. */
    double changed() {
        return changed;
    }
}
