package dev.hubferry.failpoints;

/**
 * Where a process is to halt.
 *
 * @param point the failpoint's name
 * @param nth at the how-manieth hit since it was armed, from 1
 */
public record Arm(String point, Moment moment, int nth) {
    public Arm {
        if (point.isBlank() || point.contains(" ")) {
            throw new IllegalArgumentException("a failpoint's name has no spaces: '" + point + "'");
        }
        if (nth < 1) {
            throw new IllegalArgumentException("hits are counted from 1: " + nth);
        }
    }

    /** Reads what {@link #line} wrote. */
    static Arm parse(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("not 'point moment nth': " + line);
        }
        return new Arm(words[0], Moment.valueOf(words[1]), Integer.parseInt(words[2]));
    }

    String line() {
        return point + " " + moment + " " + nth + "\n";
    }

    boolean isAt(Hit hit) {
        return point.equals(hit.point()) && moment == hit.moment();
    }
}
