package dev.hubferry.storage.domain.plan;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Homes at work: seed passes with changes before and during each, then the last changes before the final pass. */
record Scenario(ChunkLimit limit, int workers, List<Mutation> growth, List<Round> seeds, Round last) {
    /**
     * @param before in the source before the pass
     * @param damage on the target before the pass
     * @param during in the source while the pass goes on, not in the final one
     * @param distrusted whether what is known of passes before is given up
     */
    record Round(List<Mutation> before, List<Mutation> damage, List<Mutation> during, boolean distrusted) {}

    /** Of these the trees are made at first. */
    private static final List<Mutation.Kind> GROWTH = List.of(
            Mutation.Kind.FILE,
            Mutation.Kind.FILE,
            Mutation.Kind.FILE,
            Mutation.Kind.FILE,
            Mutation.Kind.DIRECTORY,
            Mutation.Kind.DIRECTORY,
            Mutation.Kind.SYMLINK,
            Mutation.Kind.FIFO,
            Mutation.Kind.LINK,
            Mutation.Kind.LINK,
            Mutation.Kind.TICK);

    static Arbitrary<Scenario> any() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(4, limits(40, 12)), Tuple.of(1, limits(400, 80))),
                        Arbitraries.integers().between(1, 4).withoutEdgeCases(),
                        mutations(GROWTH, 0, 100),
                        round(20).list().ofMaxSize(3),
                        round(12))
                .as(Scenario::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<ChunkLimit> limits(int bytes, int entries) {
        return Combinators.combine(
                        Arbitraries.longs().between(1, bytes).withoutEdgeCases(),
                        Arbitraries.longs().between(1, entries).withoutEdgeCases())
                .as(ChunkLimit::new);
    }

    private static Arbitrary<Round> round(int most) {
        List<Mutation.Kind> kinds = List.of(Mutation.Kind.values());
        return Combinators.combine(
                        mutations(kinds, 0, most),
                        mutations(kinds, 0, 3),
                        mutations(kinds, 0, 4),
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)))
                .as(Round::new);
    }

    private static Arbitrary<List<Mutation>> mutations(List<Mutation.Kind> kinds, int least, int most) {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 999).withoutEdgeCases();
        return Combinators.combine(Arbitraries.of(kinds), numbers, numbers, numbers)
                .as(Mutation::new)
                .list()
                .ofMinSize(least)
                .ofMaxSize(most)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** Everything up to where the final pass begins. */
    Passes beforeFinalPass() throws InterruptedException {
        return beforeFinalPass(Exclusions.NONE);
    }

    Passes beforeFinalPass(Exclusions exclusions) throws InterruptedException {
        Passes passes = new Passes(limit, workers, exclusions);
        if (growth.size() % 2 == 0) {
            passes.beginWith("b", "a", "a-b");
        }
        growth.forEach(mutation -> mutation.apply(passes.source));
        for (Round seed : seeds) {
            begin(passes, seed);
            Passes.Planned planned = passes.plan(PassReport.Kind.SEED);
            seed.during.forEach(mutation -> mutation.apply(passes.source));
            passes.carryOut(planned);
        }
        begin(passes, last);
        return passes;
    }

    private static void begin(Passes passes, Round round) {
        if (round.distrusted) {
            passes.distrust();
        }
        round.before.forEach(mutation -> mutation.apply(passes.source));
        passes.target.tick();
        round.damage.forEach(mutation -> mutation.apply(passes.target));
    }

    /** Whether the target was damaged so that no manifest shows it: same attributes, same names, and another content. */
    static boolean isDamagedInvisibly(Passes passes) {
        Listing target = Listing.of(passes.target.manifest());
        Set<String> moved = passes.moved(passes.source);
        return passes.source.manifest().stream()
                .filter(entry -> moved.contains(entry.path()))
                .filter(entry -> target.has(entry.path()))
                .filter(entry -> entry.looksLike(target.get(entry.path())))
                .map(ManifestEntry::path)
                .filter(path -> !passes.source
                        .get(path)
                        .face()
                        .equals(passes.target.get(path).face()))
                .anyMatch(path -> names(passes, passes.source, path).equals(names(passes, passes.target, path)));
    }

    private static Set<String> names(Passes passes, ModelTree tree, String path) {
        ModelNode node = tree.get(path);
        Exclusions.Sieve sieve = passes.exclusions.sieve();
        return tree.nodes().entrySet().stream()
                .filter(entry -> !sieve.holds(entry.getKey()))
                .filter(entry -> entry.getValue() == node)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
