package dev.hubferry.bench.homes;

import dev.hubferry.bench.homes.Judge.Verdict;
import dev.hubferry.bench.homes.Mover.Part;
import dev.hubferry.bench.homes.Mover.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What was measured.
 *
 * @param plan what was to be
 * @param size of the tree before its first change
 * @param machine what the figures depend on, by name
 * @param runs that ended well
 * @param failures that did not
 * @param leftOut methods that this machine cannot do, and why
 */
record HomesResults(
        HomesPlan plan,
        SourceTree.Size size,
        Map<String, String> machine,
        List<Run> runs,
        List<Failure> failures,
        Map<Method, String> leftOut) {
    HomesResults {
        machine = Map.copyOf(machine);
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * One method did one case once.
     *
     * @param wireBytes that went over the link meanwhile, both ways, if anybody counts them
     */
    record Run(Method method, Case what, int round, Timing timing, OptionalLong wireBytes, Verdict verdict) {}

    /** @param said why it did not end well */
    record Failure(Method method, String what, int round, String said) {}

    List<Run> of(Method method, Case what) {
        return runs.stream()
                .filter(run -> run.method() == method && run.what() == what)
                .toList();
    }

    /** None when no run of it ended well. */
    Optional<Spread> seconds(Method method, Case what) {
        return spread(
                of(method, what).stream().map(run -> run.timing().seconds()).toList());
    }

    /** Of what else was timed, by name and in order. */
    Map<String, Spread> parts(Method method, Case what) {
        return of(method, what).stream()
                .flatMap(run -> run.timing().parts().stream())
                .collect(Collectors.groupingBy(
                        Part::name,
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Part::seconds, Collectors.toList()), Spread::of)));
    }

    /** Megabytes on the wire. */
    Optional<Spread> wireMegabytes(Method method, Case what) {
        return spread(of(method, what).stream()
                .flatMap(run -> run.wireBytes().stream().boxed())
                .map(bytes -> bytes / 1e6)
                .toList());
    }

    /** How many times the time of ours it takes. */
    Optional<Double> ratio(Method peer, Case what) {
        return seconds(peer, what).flatMap(its -> seconds(Method.OURS, what).map(ours -> its.median() / ours.median()));
    }

    /** The most differences that any run left; none when all were equal to the source. */
    long differences(Method method, Case what) {
        return of(method, what).stream()
                .mapToLong(run -> run.verdict().count())
                .max()
                .orElse(0);
    }

    /** Whether all was done that was to be, and ours well. */
    boolean good() {
        return failures.isEmpty()
                && runs.stream()
                        .filter(run -> run.method() == Method.OURS)
                        .allMatch(run -> run.verdict().equal());
    }

    private static Optional<Spread> spread(List<Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
