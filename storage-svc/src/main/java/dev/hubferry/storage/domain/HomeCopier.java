package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.plan.HomeOrder;
import java.util.List;
import java.util.Optional;

/** Makes the target's homes like the source's, one pass at a time, over an open route. */
public interface HomeCopier {
    /**
     * Passes of a command that have ended well, in their order; they are remembered on the target until the route is closed.
     *
     * @param command the command's id
     * @throws Refusal when the target cannot be reached or the route is not open
     */
    List<FinishedPass> finished(Route route, String command) throws InterruptedException;

    /**
     * Waits for the end of the pass that an earlier run of the same command has under way.
     *
     * @return the pass, as {@link #run} would; empty when none is under way
     * @throws Refusal as {@link #run} does
     * @throws Superseded when the target knows a newer run
     */
    Optional<FinishedPass> resume(Route route, CommandRun run) throws InterruptedException;

    /**
     * Runs one pass to its end. A pass that an earlier run of the same command has under way is not started again but waited for.
     *
     * @return the pass; a seed pass may have left something out
     * @throws Refusal naming paths when the final pass could not copy everything; also when the source is empty, the target is full, or a home
     *     stands on the target that is not Hubferry's
     * @throws Superseded when the target knows a newer run
     */
    FinishedPass run(Route route, PassOrder order, CommandRun run) throws InterruptedException;

    /**
     * Which pass to run.
     *
     * @param kind seed passes delete nothing; the final pass makes both trees equal
     * @param existing what to do about homes that an earlier migration left
     * @param first which homes to begin with
     */
    record PassOrder(PassReport.Kind kind, ExistingHomes existing, HomeOrder first) {
        /** Of homes in any order. */
        public PassOrder(PassReport.Kind kind, ExistingHomes existing) {
            this(kind, existing, HomeOrder.ANY);
        }
    }

    /**
     * @param report what it did
     * @param incomplete what it could not copy, in the words of the copying program; empty when it copied everything
     */
    record FinishedPass(PassReport report, List<String> incomplete) {
        public FinishedPass {
            incomplete = List.copyOf(incomplete);
        }
    }
}
