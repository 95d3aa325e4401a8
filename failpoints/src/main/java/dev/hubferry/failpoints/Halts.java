package dev.hubferry.failpoints;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What woven methods call. */
public final class Halts {
    /** As if somebody had killed it with -9. */
    static final int KILLED = 137;

    private static volatile @Nullable HaltingPlace place;

    private Halts() {}

    static void watch(File directory) {
        place = new HaltingPlace(directory);
    }

    /** A method that is a failpoint begins. */
    public static void before(String point) {
        hit(new Hit(point, Moment.BEFORE));
    }

    /** A method that is a failpoint is about to return. */
    public static void after(String point) {
        hit(new Hit(point, Moment.AFTER));
    }

    /** A method that is a failpoint is about to return 0 or false, by which it says that it has done nothing, or something else. */
    public static void after(int result, String point) {
        if (result != 0) {
            after(point);
        }
    }

    private static void hit(Hit hit) {
        HaltingPlace here = place;
        if (here == null) {
            return;
        }
        try {
            if (here.isLast(hit)) {
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (IOException e) {
            // The service must not notice; the matrix does, because a hit is missing.
            e.printStackTrace();
        }
    }
}
