package dev.hubferry.simulation;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.protocol.Access;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.Act.Next;
import dev.hubferry.simulation.protocol.Fence;
import dev.hubferry.simulation.protocol.Inbox;
import dev.hubferry.simulation.protocol.Journal;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.saga.Alarms;
import dev.hubferry.simulation.saga.Brain;
import dev.hubferry.simulation.saga.Orchestrator;
import dev.hubferry.simulation.world.DnsWork;
import dev.hubferry.simulation.world.StorageWork;
import dev.hubferry.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Parts that are wrong on purpose, each in one thing that somebody could get wrong in the product. */
final class Breakages {
    private Breakages() {}

    /** A message that comes again is a command of its own. */
    static final class InboxWithoutDedupe extends Inbox {
        @Override
        protected void insert(Letter letter, String exclusiveKey) {
            store(letter, exclusiveKey);
        }
    }

    /** Commands run beside others of their exclusive key. */
    static final class InboxWithoutExclusiveKeys extends Inbox {
        @Override
        protected boolean isBlocked(Command candidate, int place) {
            return false;
        }
    }

    /** Whoever says that he runs a command may end it. */
    static final class InboxWithoutEpochs extends Inbox {
        @Override
        protected boolean isHeld(Command command, long epoch) {
            return true;
        }
    }

    /** The outside lets everybody write. */
    static final class FenceThatAdmitsAll extends Fence {
        @Override
        protected boolean admits(Inbox.Command command, long epoch) {
            return true;
        }
    }

    /** What was there before is taken down again by the run that takes over. */
    static final class JournalThatForgetsTheFirst extends Journal {
        @Override
        protected void record(String effect, Object value) {
            before.put(effect, value);
        }
    }

    /** Retries are never looked at. */
    static final class AlarmsWithoutRetries extends Alarms {
        @Override
        protected void set(TimerKey key, Instant dueAt) {
            if (!(key instanceof TimerKey.Retry)) {
                super.set(key, dueAt);
            }
        }
    }

    /** Nobody looks when a command has had no answer. */
    static final class AlarmsWithoutProbes extends Alarms {
        @Override
        protected void set(TimerKey key, Instant dueAt) {
            if (!(key instanceof TimerKey.Unanswered)) {
                super.set(key, dueAt);
            }
        }
    }

    /** The end of a pause forgets the times that came meanwhile. */
    static final class BrainThatForgetsWhileItSleeps extends Brain {
        @Override
        protected Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
            Decision decision = super.decide(definition, state, event, now);
            return event instanceof SagaEvent.ResumeAsked && decision instanceof Decision.Advance advance
                    ? new Decision.Advance(
                            advance.state(), advance.outgoing(), List.of(), advance.events(), advance.slots())
                    : decision;
        }
    }

    /** The next attempt at a copy leaves the runner of the one before at work. */
    static final class StorageThatEndsNoRunner extends StorageWork {
        StorageThatEndsNoRunner(World world, Chance chance) {
            super(world, chance);
        }

        @Override
        protected void endOthers() {}
    }

    /** Whoever takes over a final pass thinks that it was done, and the comparison believes the copier. */
    static final class StorageThatTrustsItsForerunner extends StorageWork {
        StorageThatTrustsItsForerunner(World world, Chance chance) {
            super(world, chance);
        }

        @Override
        protected Next start(Access access, PassReport.Kind kind) {
            return access.epoch() > 1 ? Next.ONWARD : super.start(access, kind);
        }

        @Override
        protected Next follow(Access access) {
            return access.epoch() > 1 ? Next.ONWARD : super.follow(access);
        }

        @Override
        protected Act compare(int user) {
            return _ -> Next.ONWARD;
        }
    }

    /** Whoever takes over a final pass that has to be made again begins to count anew. */
    static final class StorageThatCountsInMemory extends StorageWork {
        private final Map<String, Integer> made = new HashMap<>();

        StorageThatCountsInMemory(World world, Chance chance) {
            super(world, chance);
        }

        @Override
        protected int passesMade(Access access) {
            return made.merge(access.command() + "/" + access.epoch(), 1, Integer::sum);
        }
    }

    /** Does not wait until caches have forgotten. */
    static final class DnsWithoutPatience extends DnsWork {
        DnsWithoutPatience(World world, Chance chance) {
            super(world, chance);
        }

        @Override
        protected long millisLeft(Instant now, Instant until) {
            return 0;
        }
    }

    /** Takes the answer to an earlier attempt for the answer to the present one, and knows no message again. */
    static final class OrchestratorThatHearsTwice extends Orchestrator {
        OrchestratorThatHearsTwice(Setting setting) {
            super(setting);
        }

        @Override
        protected boolean firstTime(String message) {
            return true;
        }

        @Override
        protected boolean apply(SagaEvent event) {
            return super.apply(event instanceof SagaEvent.Replied replied ? ofPresentAttempt(replied) : event);
        }

        private SagaEvent ofPresentAttempt(SagaEvent.Replied replied) {
            StepRef step = replied.step();
            return state().ledger().step(step.name()).run(step.direction()) instanceof Run.InFlight run
                    ? new SagaEvent.Replied(
                            new StepRef(step.name(), step.direction(), run.attempt()),
                            replied.reply(),
                            replied.result())
                    : replied;
        }
    }

    /** Takes what was approved for so, however late a turn comes. */
    static final class BrainThatTrustsAnApproval extends Brain {
        @Override
        protected Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
            Instant then = event instanceof SagaEvent.SlotsGranted
                            && state.ledger().gate("approve-downtime") instanceof GateState.Approved yes
                    ? yes.at()
                    : now;
            return super.decide(definition, state, event, then);
        }
    }

    /** Undoes from the top to the bottom. */
    static final class BrainThatUndoesForwards extends Brain {
        @Override
        protected Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
            SagaDefinition taken = state instanceof SagaState.Compensating ? upsideDown(definition) : definition;
            return super.decide(taken, state, event, now);
        }

        private static SagaDefinition upsideDown(SagaDefinition definition) {
            // Without a pivot, which would stand above undos now, and without claims, which would stand upside down.
            SagaDefinition plain = with(definition, definition.nodes(), List.of());
            List<Node> nodes =
                    mapSteps(plain, step -> step.marked(Node.Mark.NOTHING)).nodes();
            return with(plain, nodes.reversed());
        }
    }

    /** Does not undo what was sent and failed. */
    static final class BrainThatSparesTheFailed extends Brain {
        @Override
        protected Decision decide(SagaDefinition definition, SagaState state, SagaEvent event, Instant now) {
            return super.decide(
                    mapSteps(definition, step -> hasFailed(step, state, event) ? withoutUndo(step) : step),
                    state,
                    event,
                    now);
        }

        private static boolean hasFailed(Node.Step step, SagaState state, SagaEvent event) {
            boolean fails = event instanceof SagaEvent.Replied replied
                    && replied.reply() instanceof Rejected
                    && replied.step().direction() == StepRef.Direction.DO
                    && replied.step().name().equals(step.name());
            return fails || state.ledger().step(step.name()).forward() instanceof Run.Failed;
        }

        private static Node.Step withoutUndo(Node.Step step) {
            return new Node.Step(
                    step.name(),
                    step.participant(),
                    step.command(),
                    step.answer(),
                    Node.Undo.NOTHING,
                    step.mark(),
                    step.skippable());
        }
    }

    /** Switches DNS first and compares the homes then. */
    static SagaDefinition switchedBeforeVerified(SagaDefinition definition) {
        List<Node> nodes = new ArrayList<>(definition.nodes());
        Node verify = definition.step("verify-homes").orElseThrow();
        Node switching = definition.step("switch-record").orElseThrow();
        nodes.remove(verify);
        nodes.add(nodes.indexOf(switching) + 1, verify);
        return with(definition, nodes);
    }

    private static SagaDefinition mapSteps(SagaDefinition definition, UnaryOperator<Node.Step> change) {
        List<Node> nodes = definition.nodes().stream()
                .map(node -> switch (node) {
                    case Node.Step step -> change.apply(step);
                    case Node.Parallel parallel ->
                        new Node.Parallel(parallel.steps().stream().map(change).toList(), parallel.hasty());
                    case Node.Approval _, Node.Timer _ -> node;
                })
                .toList();
        return with(definition, nodes);
    }

    private static SagaDefinition with(SagaDefinition definition, List<Node> nodes) {
        return with(definition, nodes, definition.claims());
    }

    private static SagaDefinition with(SagaDefinition definition, List<Node> nodes, List<Claim> claims) {
        return new SagaDefinition(
                definition.name(),
                definition.version(),
                List.of(new Phase("all", nodes)),
                claims,
                definition.patience());
    }
}
