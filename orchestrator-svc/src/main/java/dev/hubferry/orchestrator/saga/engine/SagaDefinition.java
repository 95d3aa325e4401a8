package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A saga as a table: phases of nodes, from top to bottom.
 *
 * @param version a running migration stays on the version that it began with
 * @param claims what spans of it need of things of which there are few
 * @param patience how long it tries
 * @param aim what it is for
 */
public record SagaDefinition(
        String name, int version, List<Phase> phases, List<Claim> claims, Patience patience, Aim aim) {
    /** A named part of the table. */
    public record Phase(String name, List<Node> nodes) {
        public Phase {
            nodes = List.copyOf(nodes);
        }
    }

    public SagaDefinition {
        phases = List.copyOf(phases);
        requireUniqueNames(phases);
        requireSoundPivot(phases);
        claims = List.copyOf(claims);
        requireSoundClaims(phases, claims);
        requireSoundAim(phases, claims, aim);
    }

    /** One that changes the world. */
    public SagaDefinition(String name, int version, List<Phase> phases, List<Claim> claims, Patience patience) {
        this(name, version, phases, claims, patience, Aim.CHANGE);
    }

    /** Name and version, such as {@code migrate-hub/1}. */
    public String id() {
        return name + "/" + version;
    }

    /**
     * An earlier version of this definition.
     *
     * @param before what a row of this version was in that one, if it had it
     */
    public SagaDefinition asVersion(int earlier, List<Claim> claimsBefore, Function<Node, Optional<Node>> before) {
        List<Phase> kept = phases.stream()
                .map(phase -> new Phase(
                        phase.name(),
                        phase.nodes().stream()
                                .flatMap(node -> before.apply(node).stream())
                                .toList()))
                .toList();
        return new SagaDefinition(name, earlier, kept, claimsBefore, patience, aim);
    }

    /** Every row, from top to bottom. */
    public List<Node> nodes() {
        return phases.stream().flatMap(phase -> phase.nodes().stream()).toList();
    }

    /** Every step, parallel ones in the order of their declaration. */
    public List<Step> steps() {
        return steps(phases).toList();
    }

    public Optional<Step> step(String step) {
        return steps(phases).filter(candidate -> candidate.name().equals(step)).findFirst();
    }

    /** The claim that a step begins. */
    public Optional<Claim> claimOf(Step step) {
        return claims.stream()
                .filter(claim -> claim.first().equals(step.name()))
                .findFirst();
    }

    /** The steps from a claim's first to its last. */
    public List<Step> span(Claim claim) {
        return span(phases, claim);
    }

    public Optional<Step> pivot() {
        return steps(phases).filter(Step::pivot).findFirst();
    }

    public Optional<Timer> timer(String timer) {
        return nodes().stream()
                .filter(Timer.class::isInstance)
                .map(Timer.class::cast)
                .filter(candidate -> candidate.name().equals(timer))
                .findFirst();
    }

    public boolean hasGate(String gate) {
        return gate(gate).isPresent();
    }

    public Optional<Approval> gate(String gate) {
        return gates().filter(candidate -> candidate.gate().equals(gate)).findFirst();
    }

    /** Every gate, from top to bottom. */
    public Stream<Approval> gates() {
        return nodes().stream().filter(Approval.class::isInstance).map(Approval.class::cast);
    }

    /** Whether a step stands at the pivot or below it. */
    public boolean isLate(Step step) {
        List<Step> steps = steps();
        return pivot().map(pivot -> steps.indexOf(step) >= steps.indexOf(pivot)).orElse(false);
    }

    /** Whether users cannot work: the source was closed, and the target is not open yet. */
    public boolean inDowntime(Ledger ledger) {
        boolean open = pivot().map(step -> ledger.step(step.name()).forward() instanceof Run.Succeeded)
                .orElse(false);
        return wasClosed(ledger) && !open;
    }

    /** Whether the step that closes the hub was ever sent. */
    public boolean wasClosed(Ledger ledger) {
        return steps().stream()
                .filter(step -> step.mark() == Node.Mark.CLOSES)
                .anyMatch(step -> ledger.step(step.name()).forward().everSent());
    }

    /** The phase that a step, gate or timer belongs to. */
    public Optional<Phase> phaseOf(String node) {
        return phases.stream()
                .filter(phase ->
                        phase.nodes().stream().flatMap(SagaDefinition::names).anyMatch(node::equals))
                .findFirst();
    }

    /** Whether the pivot's command was sent. */
    public boolean pivotPassed(Ledger ledger) {
        return pivot().map(step -> ledger.step(step.name()).forward().everSent())
                .orElse(false);
    }

    /** The steps, gates or timers that a row holds. */
    public static Stream<String> names(Node node) {
        return switch (node) {
            case Step step -> Stream.of(step.name());
            case Parallel parallel -> parallel.steps().stream().map(Step::name);
            case Approval approval -> Stream.of(approval.gate());
            case Timer timer -> Stream.of(timer.name());
        };
    }

    private static Stream<Step> steps(List<Phase> phases) {
        return phases.stream().flatMap(phase -> phase.nodes().stream()).flatMap(node -> switch (node) {
            case Step step -> Stream.of(step);
            case Parallel parallel -> parallel.steps().stream();
            case Approval _, Timer _ -> Stream.empty();
        });
    }

    private static List<Step> span(List<Phase> phases, Claim claim) {
        List<String> names = steps(phases).map(Step::name).toList();
        int from = names.indexOf(claim.first());
        int to = names.indexOf(claim.last());
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("a claim must go from a step to one below it, but goes from %s to %s"
                    .formatted(claim.first(), claim.last()));
        }
        return steps(phases).toList().subList(from, to + 1);
    }

    /**
     * A step that waits for its turn keeps nothing beside it under way, so it stands alone. Whoever parks with the hub up gives back what
     * it has, and only the claim's first step waits for it again: so a longer span must be one with the hub down.
     */
    private static void requireSoundClaims(List<Phase> phases, List<Claim> claims) {
        Set<String> begun = new HashSet<>();
        for (Claim claim : claims) {
            List<Step> span = span(phases, claim);
            Step first = span.getFirst();
            if (phases.stream().flatMap(phase -> phase.nodes().stream()).noneMatch(first::equals)) {
                throw new IllegalArgumentException(
                        "a claim must begin with a step that stands alone, but begins with " + first.name());
            }
            if (span.size() > 1 && first.mark() != Node.Mark.CLOSES) {
                throw new IllegalArgumentException(
                        "a claim of more than one step must begin where the hub is closed, but begins with "
                                + first.name());
            }
            if (span.stream().map(Step::name).anyMatch(name -> !begun.add(name))) {
                throw new IllegalArgumentException("two claims overlap at " + first.name());
            }
        }
    }

    private static void requireUniqueNames(List<Phase> phases) {
        Set<String> seen = new HashSet<>();
        phases.stream()
                .flatMap(phase -> phase.nodes().stream())
                .flatMap(SagaDefinition::names)
                .filter(name -> !seen.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("two rows are called " + name);
                });
    }

    private static void requireSoundAim(List<Phase> phases, List<Claim> claims, Aim aim) {
        if (!(aim instanceof Aim.Survey)) {
            return;
        }
        boolean looks = claims.isEmpty()
                && phases.stream().flatMap(phase -> phase.nodes().stream()).allMatch(node -> switch (node) {
                    case Step step -> onlyLooks(step);
                    case Parallel parallel -> parallel.steps().stream().allMatch(SagaDefinition::onlyLooks);
                    case Approval _, Timer _ -> false;
                });
        if (!looks) {
            throw new IllegalArgumentException(
                    "a survey has steps without an undo and without a mark, and no gates, timers and claims");
        }
    }

    private static boolean onlyLooks(Step step) {
        return step.undo() instanceof Node.Undo.Nothing && step.mark() == Node.Mark.NOTHING;
    }

    private static void requireSoundPivot(List<Phase> phases) {
        List<Step> steps = steps(phases).toList();
        List<Step> pivots = steps.stream().filter(Step::pivot).toList();
        if (pivots.size() > 1) {
            throw new IllegalArgumentException(
                    "more than one pivot: " + pivots.stream().map(Step::name).toList());
        }
        if (pivots.isEmpty()) {
            return;
        }
        Step pivot = pivots.getFirst();
        boolean alone = phases.stream().flatMap(phase -> phase.nodes().stream()).anyMatch(pivot::equals);
        if (!alone) {
            throw new IllegalArgumentException("the pivot " + pivot.name() + " must not run in parallel with others");
        }
        steps.stream()
                .skip(steps.indexOf(pivot))
                .filter(step -> !(step.undo() instanceof Node.Undo.Nothing))
                .findFirst()
                .ifPresent(step -> {
                    throw new IllegalArgumentException(
                            step.name() + " has an undo but is not before the pivot, so it is never undone");
                });
    }
}
