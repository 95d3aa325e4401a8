package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import dev.hubferry.orchestrator.saga.plan.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far what is under way has come.
 *
 * @param row the step
 * @param percent none while nobody knows how much there is to do
 * @param text the figures in words
 * @param homes what is said of single homes, if anything
 */
public record Bar(
        String row, String direction, int attempt, Optional<Integer> percent, String text, Optional<Homes> homes) {
    private static final String NOTHING_HEARD = "under way; nothing was said yet of how far";

    /** @param text how many of them are done */
    public record Homes(String text, List<Home> open) {}

    /** @param percent none while nobody knows how much there is to do */
    public record Home(String name, Optional<Integer> percent, String text) {}

    static Bar of(String row, Direction direction, int attempt, Optional<Progress> progress) {
        return new Bar(
                row,
                direction.wireName(),
                attempt,
                progress.flatMap(Bar::percent),
                progress.map(Bar::text).orElse(NOTHING_HEARD),
                progress.flatMap(Progress::homes).map(Bar::homes));
    }

    /** As a word of progress that has just come. */
    public static Bar of(ProgressBoard.Heard heard) {
        return of(heard.step().name(), heard.step().direction(), heard.step().attempt(), Optional.of(heard.progress()));
    }

    /** The participant's own figure counts tiny files as well; where it gives none, bytes are the next best. */
    private static Optional<Integer> percent(Progress progress) {
        return progress.percent()
                .or(() -> percent(progress.bytesDone(), progress.bytesTotal()))
                .or(() -> percent(progress.filesDone(), progress.filesTotal()));
    }

    private static Optional<Integer> percent(long done, long total) {
        return total <= 0 ? Optional.empty() : Optional.of((int) Math.clamp(100.0 * done / total, 0, 100));
    }

    private static String text(Progress progress) {
        List<String> parts = new ArrayList<>();
        percent(progress).ifPresent(percent -> parts.add(percent + " %"));
        parts.add(amounts(progress.bytesDone(), progress.bytesTotal(), progress.filesDone(), progress.filesTotal()));
        progress.bytesPerSecond().ifPresent(rate -> parts.add(Figures.bytes(rate) + "/s"));
        progress.timeLeft().ifPresent(left -> parts.add("about " + Figures.time(rounded(left)) + " left"));
        return progress.activity() + ": " + String.join(" – ", parts);
    }

    private static String amounts(long bytesDone, long bytesTotal, long filesDone, long filesTotal) {
        List<String> parts = new ArrayList<>();
        if (bytesTotal > 0 || bytesDone > 0 || filesTotal == 0) {
            parts.add(Figures.bytes(bytesDone) + (bytesTotal > 0 ? " of " + Figures.bytes(bytesTotal) : ""));
        }
        if (filesTotal > 0) {
            parts.add("%s of %s".formatted(Figures.count(filesDone), Figures.count(filesTotal, "entry", "entries")));
        } else if (filesDone > 0) {
            parts.add(Figures.count(filesDone, "entry", "entries"));
        }
        return String.join(", ", parts);
    }

    /** Nobody knows milliseconds of what is to come. */
    private static Duration rounded(Duration left) {
        return Duration.ofSeconds(left.toSeconds());
    }

    public static Homes homes(Progress.Homes homes) {
        String text =
                "%s of %s done".formatted(Figures.count(homes.done()), Figures.count(homes.total(), "home", "homes"));
        int unlisted = homes.total() - homes.done() - homes.open().size();
        return new Homes(
                unlisted > 0 ? text + "; %s more are not listed".formatted(Figures.count(unlisted)) : text,
                homes.open().stream().map(Bar::home).toList());
    }

    private static Home home(Progress.Home home) {
        return new Home(
                home.name(),
                percent(home.bytesDone(), home.bytesTotal()).or(() -> percent(home.filesDone(), home.filesTotal())),
                amounts(home.bytesDone(), home.bytesTotal(), home.filesDone(), home.filesTotal()));
    }
}
