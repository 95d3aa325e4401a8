package dev.hubferry.bench.homes;

import dev.hubferry.bench.homes.HomesResults.Failure;
import dev.hubferry.bench.homes.HomesResults.Run;
import dev.hubferry.bench.homes.Mover.Place;
import dev.hubferry.bench.homes.Mover.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets the methods take turns.
 *
 * <p>In each round every method copies the source to a target of its own. Then the source is changed, once for all, and each brings its
 * target up to date; so a target was always made by the method that goes on with it. Who begins changes with each case and round.
 */
final class Rounds {
    private final SourceTree tree;
    private final Judge judge;
    private final Network network;
    private final Map<Method, Mover> movers;
    private final Path targets;
    private final Consumer<String> say;
    private final List<Run> runs = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /**
     * @param targets folder for the homes on the target
     * @param say hears what goes on
     */
    Rounds(
            SourceTree tree,
            Judge judge,
            Network network,
            Map<Method, Mover> movers,
            Path targets,
            Consumer<String> say) {
        this.tree = tree;
        this.judge = judge;
        this.network = network;
        this.movers = movers;
        this.targets = targets;
        this.say = say;
    }

    /** Does one round; a method that fails is left out of the rest of it. */
    void round(int round) throws InterruptedException {
        Set<Method> able = EnumSet.copyOf(movers.keySet());
        for (Case what : Case.values()) {
            tree.change(what.changed());
            for (Method method : order(List.copyOf(movers.keySet()), round, what)) {
                if (able.contains(method) && method.does(what) && !run(method, what, round)) {
                    able.remove(method);
                    // What it may have left at work is not to disturb the others.
                    end(method, round);
                }
            }
        }
        for (Method method : able) {
            end(method, round);
        }
    }

    List<Run> runs() {
        return runs;
    }

    List<Failure> failures() {
        return failures;
    }

    /** Each method is the first as often as the others. */
    static List<Method> order(List<Method> methods, int round, Case what) {
        List<Method> turned = new ArrayList<>(methods);
        Collections.rotate(turned, -(round - 1 + what.ordinal()));
        return turned;
    }

    private boolean run(Method method, Case what, int round) throws InterruptedException {
        Place place = place(method, round);
        try {
            Files.createDirectories(place.folder());
            tree.settle();
            // Nobody is to write what another one has left in memory.
            Programs.run("sync");
            OptionalLong before = network.bytes();
            Timing timing = mover(method).move(what, place);
            OptionalLong wire = since(before);
            Run run = new Run(method, what, round, timing, wire, judge.judge(place.source(), place.target()));
            runs.add(run);
            say.accept(String.format(
                    Locale.ROOT,
                    "round %d, %s, %s: %.2f s%s",
                    round,
                    what.title(),
                    method.title(),
                    timing.seconds(),
                    run.verdict().equal() ? "" : ", not equal: " + run.verdict().differences()));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + place.folder(), e);
        } catch (RuntimeException e) {
            fail(method, what.title(), round, e);
            return false;
        }
    }

    private void end(Method method, int round) throws InterruptedException {
        Place place = place(method, round);
        try {
            mover(method).end(place);
        } catch (RuntimeException e) {
            fail(method, "the end", round, e);
        }
        Programs.run("rm", "-rf", "--", place.folder().toString()).orThrow();
    }

    private void fail(Method method, String what, int round, RuntimeException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in " + method.title());
        }
        String said = String.valueOf(failure.getMessage());
        failures.add(new Failure(method, what, round, said));
        say.accept("round %d, %s, %s: FAILED: %s".formatted(round, what, method.title(), said));
    }

    private OptionalLong since(OptionalLong before) {
        return before.isPresent()
                ? OptionalLong.of(network.bytes().orElseThrow() - before.getAsLong())
                : OptionalLong.empty();
    }

    private Place place(Method method, int round) {
        String name = method.name().toLowerCase(Locale.ROOT) + "-" + round;
        return new Place(tree.homes(), targets.resolve(name), round);
    }

    private Mover mover(Method method) {
        Mover mover = movers.get(method);
        if (mover == null) {
            throw new IllegalStateException("there is no mover for " + method.title());
        }
        return mover;
    }
}
