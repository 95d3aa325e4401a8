package dev.hubferry.bench.homes;

/** The ways to make the target's homes equal to the source's; the first is ours, the others are its peers. */
enum Method {
    OURS("ours"),
    RSYNC("rsync"),
    FPSYNC4("fpsync -n 4"),
    FPSYNC8("fpsync -n 8"),
    TAR("tar over ssh"),
    POOL("rsync a user, 4 at once");

    private final String title;

    Method(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether it can do that at all: tar copies everything or nothing. */
    boolean does(Case what) {
        return this != TAR || what == Case.FULL_COPY;
    }
}
