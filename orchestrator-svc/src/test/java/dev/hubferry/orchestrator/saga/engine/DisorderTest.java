package dev.hubferry.orchestrator.saga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replies late, twice and in any order, failures, early timers, answers and aborts at any time: whatever comes, the promises hold. */
class DisorderTest {
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(9), 3);
    private static final SagaDefinition SAGA =
            MigrateHub.definition(new Patience(RETRIES, RETRIES, RETRIES, Duration.ofMinutes(1)));

    @Test
    void endsWellOrParksWhateverComes() {
        Set<Class<?>> ends = new HashSet<>();
        for (long seed = 1; seed <= 3_000; seed++) {
            ends.add(new Schedule(seed).run());
        }
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        SagaState.Completed.class, SagaState.RolledBack.class, SagaState.Parked.class);
    }

    /** One order of events, given by its seed. */
    private static final class Schedule {
        private final long seed;
        private final Random random;
        private final double calamity;
        private final List<Outgoing> pending = new ArrayList<>();
        private final List<SagaEvent> delivered = new ArrayList<>();
        private final List<Decision.Alarm> alarms = new ArrayList<>();
        private final Set<StepRef> sent = new HashSet<>();
        private Instant now = SagaRig.START;
        private SagaState state;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.calamity = seed % 3 == 0 ? 0 : 0.02 * random.nextInt(6);
            Subject subject = new Subject(new MigrationId("m-" + seed), SAGA.id(), Specs.astro(), "op", now);
            this.state = SagaState.Running.begun(subject);
            take(Decider.begin(SAGA, subject, now));
        }

        Class<?> run() {
            for (int turn = 0; state instanceof Active; turn++) {
                assertThat(turn).as("turns of seed %d", seed).isLessThan(20_000);
                now = now.plusMillis(random.nextInt(500));
                decide(next());
            }
            assertEnd();
            return state.getClass();
        }

        private SagaEvent next() {
            int dice = random.nextInt(100);
            if (dice < 60 && !pending.isEmpty()) {
                return answer(pending.remove(random.nextInt(pending.size())));
            }
            if (dice < 70 && !delivered.isEmpty()) {
                return delivered.get(random.nextInt(delivered.size()));
            }
            if (dice < 85 && !alarms.isEmpty()) {
                Decision.Alarm alarm = alarms.remove(random.nextInt(alarms.size()));
                boolean onTime = random.nextInt(4) > 0;
                boolean expiry = alarm.key() instanceof TimerKey.GateExpiry;
                if (onTime && !expiry && alarm.dueAt().isAfter(now)) {
                    now = alarm.dueAt();
                }
                return new SagaEvent.TimerFired(alarm.key());
            }
            if (dice < 90) {
                return new SagaEvent.SlotsGranted(random.nextBoolean() ? "seed-homes" : "close-source");
            }
            if (random.nextDouble() < calamity / 10) {
                return new SagaEvent.AbortAsked("op", "why not");
            }
            List<String> gates = List.of("approve-plan", "approve-downtime", "approve-cleanup");
            return new SagaEvent.GateAnswered(
                    gates.get(random.nextInt(gates.size())), random.nextDouble() >= calamity, "op", "");
        }

        private SagaEvent answer(Outgoing outgoing) {
            SagaEvent event = switch (outgoing) {
                case Outgoing.Send send ->
                    new SagaEvent.Replied(
                            send.step(), random.nextDouble() < calamity ? failure() : success(send), Map.of());
                case Outgoing.Withdraw withdraw ->
                    new SagaEvent.Replied(withdraw.step(), Rejected.of(ErrorCode.CANCELLED, "withdrawn"), Map.of());
                case Outgoing.Inquire inquire -> new SagaEvent.StatusTold(inquire.step(), stage());
            };
            delivered.add(event);
            return event;
        }

        private CommandStatus.Stage stage() {
            CommandStatus.Stage[] stages = CommandStatus.Stage.values();
            return random.nextDouble() < calamity ? stages[random.nextInt(stages.length)] : CommandStatus.Stage.RUNNING;
        }

        private Reply success(Outgoing.Send send) {
            return Answers.to(send.command(), now, Duration.ofSeconds(1799));
        }

        private Reply failure() {
            ErrorCode[] codes = ErrorCode.values();
            return Rejected.of(codes[random.nextInt(codes.length)], "as the dice fell");
        }

        private void decide(SagaEvent event) {
            boolean passedBefore = SAGA.pivotPassed(state.ledger());
            List<SlotUse> before = Claims.of(SAGA, state);
            take(Decider.decide(SAGA, state, event, now));
            assertTakenOnlyWhenGranted(event, before);
            if (passedBefore) {
                assertThat(state).as("after the pivot, seed %d", seed).isNotInstanceOf(SagaState.RolledBack.class);
            }
        }

        /** A limit holds only if nobody takes what he was not given. */
        private void assertTakenOnlyWhenGranted(SagaEvent event, List<SlotUse> before) {
            List<String> had = held(before);
            List<String> has = held(Claims.of(SAGA, state));
            if (!(event instanceof SagaEvent.SlotsGranted)) {
                assertThat(had).as("held after %s, seed %d", event, seed).containsAll(has);
            }
            if (SAGA.inDowntime(state.ledger()) && state instanceof SagaState.Running) {
                assertThat(has).as("held while the hub is down, seed %d", seed).contains("close-source");
            }
        }

        private static List<String> held(List<SlotUse> uses) {
            return uses.stream()
                    .filter(SlotUse.Held.class::isInstance)
                    .map(SlotUse::step)
                    .toList();
        }

        private void take(Decision decision) {
            if (!(decision instanceof Decision.Advance advance)) {
                return;
            }
            state = advance.state();
            alarms.addAll(advance.timers());
            for (Outgoing outgoing : advance.outgoing()) {
                pending.add(outgoing);
                if (outgoing instanceof Outgoing.Send send) {
                    assertThat(sent.add(send.step()))
                            .as("sent once: %s, seed %d", send.step(), seed)
                            .isTrue();
                    assertMayBeSent(send.step());
                }
            }
        }

        private void assertMayBeSent(StepRef ref) {
            boolean forwardUnderWay = SAGA.steps().stream()
                    .map(step -> state.ledger().step(step.name()).forward())
                    .anyMatch(run -> run.everSent() && !run.ended());
            if (ref.direction() == Direction.UNDO) {
                assertThat(forwardUnderWay)
                        .as("an undo beside a step, seed %d", seed)
                        .isFalse();
                assertThat(SAGA.pivotPassed(state.ledger()))
                        .as("an undo after the pivot, seed %d", seed)
                        .isFalse();
            } else if (SAGA.step(ref.name()).orElseThrow().pivot()) {
                assertThat(SAGA.steps().stream().takeWhile(step -> !step.pivot()))
                        .as("everything above the pivot, seed %d", seed)
                        .allMatch(step -> state.ledger().step(step.name()).forward() instanceof Run.Succeeded);
            }
        }

        private void assertEnd() {
            for (Step step : SAGA.steps()) {
                StepState runs = state.ledger().step(step.name());
                assertThat(List.of(runs.forward(), runs.back()))
                        .as("%s at the end of seed %d", step.name(), seed)
                        .allMatch(run -> !run.everSent() || run.ended());
                if (state instanceof SagaState.RolledBack && step.undo() instanceof Undo.By) {
                    assertThat(runs.back() instanceof Run.Succeeded)
                            .as("undo of %s in seed %d", step.name(), seed)
                            .isEqualTo(runs.forward().everSent());
                }
            }
        }
    }
}
