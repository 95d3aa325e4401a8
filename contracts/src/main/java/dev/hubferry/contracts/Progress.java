package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a long step has come; may be lost, the next one says it again.
 *
 * @param activity what goes on, such as {@code seed pass 2}; the numbers are of this alone
 * @param bytesDone bytes, at most {@code bytesTotal}
 * @param bytesTotal bytes; 0 while unknown
 * @param filesDone entries, at most {@code filesTotal}
 * @param filesTotal entries; 0 while unknown
 * @param percent of the work, from 0 to 100, where many tiny files count as much as one large one; none while unknown
 * @param bytesPerSecond of late; none while too little was seen
 * @param timeLeft for this activity if it goes on as of late; none while unknown
 * @param homes how far it has come home by home; none for activities that do not know
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@WireType("hubferry.progress.v1")
public record Progress(
        String activity,
        long bytesDone,
        long bytesTotal,
        long filesDone,
        long filesTotal,
        Optional<Integer> percent,
        Optional<Long> bytesPerSecond,
        Optional<Duration> timeLeft,
        Optional<Homes> homes)
        implements Body {
    public Progress {
        Require.text(activity, "activity");
        Require.notNegative(bytesDone, "bytesDone");
        Require.notNegative(bytesTotal, "bytesTotal");
        Require.notNegative(filesDone, "filesDone");
        Require.notNegative(filesTotal, "filesTotal");
        // Jackson hands null to a record for a missing property, whatever the declared type says.
        percent = percent == null ? Optional.empty() : percent;
        bytesPerSecond = bytesPerSecond == null ? Optional.empty() : bytesPerSecond;
        timeLeft = timeLeft == null ? Optional.empty() : timeLeft;
        homes = homes == null ? Optional.empty() : homes;
    }

    /** With what is counted alone. */
    public Progress(String activity, long bytesDone, long bytesTotal, long filesDone, long filesTotal) {
        this(
                activity,
                bytesDone,
                bytesTotal,
                filesDone,
                filesTotal,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The homes that an activity has something to do for.
     *
     * @param total how many there are
     * @param done how many of them are done
     * @param open those that are not, at most {@link #MOST_LISTED}: first those under way, and of them those with the most left
     */
    public record Homes(int total, int done, List<Home> open) {
        /** A message of each home of a large hub, once a second, would be more than anybody reads. */
        public static final int MOST_LISTED = 50;

        public Homes {
            Require.notNegative(total, "homes.total");
            Require.notNegative(done, "homes.done");
            open = open == null ? List.of() : List.copyOf(open);
        }
    }

    /**
     * One home. What is under way is reckoned from how far the run is in which it is copied along with others.
     *
     * @param name of the directory, with what is not UTF-8 as {@code \xNN}
     */
    public record Home(String name, long bytesDone, long bytesTotal, long filesDone, long filesTotal) {
        public Home {
            Require.text(name, "homes.open.name");
            Require.notNegative(bytesDone, "homes.open.bytesDone");
            Require.notNegative(bytesTotal, "homes.open.bytesTotal");
            Require.notNegative(filesDone, "homes.open.filesDone");
            Require.notNegative(filesTotal, "homes.open.filesTotal");
        }
    }
}
