package dev.hubferry.failpoints;

/** A failpoint that a process came by. */
public record Hit(String point, Moment moment) {
    /** Reads what {@link #line} wrote. */
    static Hit parse(String line) {
        String[] words = line.strip().split(" ", -1);
        return new Hit(words[0], Moment.valueOf(words[1]));
    }

    String line() {
        return point + " " + moment + "\n";
    }
}
