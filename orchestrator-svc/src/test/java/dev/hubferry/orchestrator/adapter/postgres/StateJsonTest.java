package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Hold;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.StepState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.saga.engine.TimerState;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateJsonTest {
    private static final Instant T = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Rejected FAILURE = Rejected.of(ErrorCode.COPY_FAILED, "rsync ended with 12");
    private static final Subject SUBJECT =
            new Subject(new MigrationId("m-1"), "migrate-hub/1", Specs.astro(), "olga", T);

    @ParameterizedTest
    @MethodSource("states")
    void readsWhatItWrote(SagaState state) {
        assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("states")
    void namesNoClasses(SagaState state) {
        assertThat(StateJson.write(state)).doesNotContain("hubferry.contracts", "orchestrator", "@class", "$");
    }

    @Test
    void refusesNul() {
        assertThatThrownBy(() -> StateJson.write(requestedBy("ol\0ga")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("m-1 has the character U+0000");
    }

    @Test
    void keepsTextThatOnlyLooksLikeTheEscapeOfNul() {
        SagaState state = requestedBy("ol\\u0000ga");
        assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
    }

    private static SagaState requestedBy(String name) {
        Subject subject = new Subject(new MigrationId("m-1"), "migrate-hub/1", Specs.astro(), name, T);
        return new SagaState.Running(subject, everything(), Hold.NONE);
    }

    @Test
    void usesLogicalNames() {
        assertThat(StateJson.write(new SagaState.Running(SUBJECT, everything(), Hold.NONE)))
                .contains(
                        "\"state\":\"running\"",
                        "\"state\":\"awaiting-retry\"",
                        "\"type\":\"dns.ttl-lowered.v1\"",
                        "\"code\":\"COPY_FAILED\"");
    }

    @Test
    void readsWhatAnOlderVersionWrote() {
        // Given the JSON as it stood in the database when definition 1 was new, and a field of a later version
        String json = """
                {"state": "running", "later": true,
                 "subject": {"migration": "m-1", "definition": "migrate-hub/1", "requestedBy": "olga",
                   "requestedAt": "2026-11-22T10:00:00.123456Z",
                   "spec": {"name": "astro to the new cluster", "soak": "PT24H",
                     "source": {"cluster": "old", "namespace": "astro", "release": null},
                     "target": {"cluster": "new", "namespace": "astro", "release": null},
                     "homes": {"existing": "REFUSE",
                       "source": {"storage": "nfs-old", "path": "/export/homes/astro"},
                       "target": {"storage": "nfs-new", "path": "/export/homes/astro"}},
                     "database": {"consents": []},
                     "dns": {"zone": "example", "name": "astro.example.org", "cutoverTtl": "PT5M"},
                     "approvals": {"expiry": "PT168H"}}},
                 "ledger": {"timers": {}, "gates": {"approve-plan": {"state": "waiting", "since": "2026-11-22T10:00:00.123456Z",
                     "expiresAt": "2026-11-22T10:00:00.123456Z"}, "approve-downtime": {"state": "approved", "by": "anna",
                     "since": "2026-11-22T10:00:00.123456Z", "at": "2026-11-22T10:00:00.123456Z", "comment": ""}},
                   "steps": {"seed-homes": {"forward": {"state": "in-flight", "attempt": 1,
                       "startedAt": "2026-11-22T10:00:00.123456Z", "sentAt": "2026-11-22T10:00:00.123456Z"},
                     "back": {"state": "not-started"}}}}}
                """;

        // Then
        Ledger ledger = new Ledger(
                Map.of("seed-homes", new StepState(new Run.InFlight(1, T, T, 0, 0), Run.NOT_STARTED)),
                Map.of(
                        "approve-plan",
                        new GateState.Waiting(T, T),
                        "approve-downtime",
                        new GateState.Approved(T, T, "anna", "", Optional.empty())),
                Map.of());
        assertThat(StateJson.read(json)).isEqualTo(new SagaState.Running(SUBJECT, ledger, Hold.NONE));
    }

    static Stream<SagaState> states() {
        SagaState.Running running = new SagaState.Running(SUBJECT, everything(), Hold.NONE);
        SagaState.Compensating back = new SagaState.Compensating(SUBJECT, everything(), "because", T);
        return Stream.of(
                running,
                new SagaState.Running(SUBJECT, everything(), new Hold.Paused("olga", "lunch", T)),
                new SagaState.Running(SUBJECT, everything(), Hold.NONE, Priority.HIGH),
                back,
                new SagaState.Running(
                        new Subject(SUBJECT.migration(), SUBJECT.definition(), Specs.withHomesOptions(), "olga", T),
                        everything(),
                        Hold.NONE),
                new SagaState.Completed(SUBJECT, Ledger.EMPTY, T),
                new SagaState.RolledBack(SUBJECT, Ledger.EMPTY, "because", T),
                new SagaState.Parked(running, "verify-live", Direction.DO, "because", T),
                new SagaState.Parked(back, "close-source", Direction.UNDO, "because", T));
    }

    private static Ledger everything() {
        Reply checked = Answers.to(
                new K8sCommand.CheckSource(
                        Specs.astro().source(), Specs.astro().homes().source()),
                T,
                Duration.ZERO);
        Reply zone = Answers.to(new DnsCommand.CheckZone("example", "astro.example.org"), T, Duration.ofSeconds(1799));
        Reply lowered = Answers.to(
                new DnsCommand.LowerTtl("example", "astro.example.org", Answers.OLD, Duration.ofSeconds(60)),
                T,
                Duration.ofSeconds(1799));
        List<Run> runs = List.of(
                Run.NOT_STARTED,
                new Run.Queued(new Run.NotStarted(), T),
                new Run.Queued(new Run.Failed(6, T, T, FAILURE), T),
                new Run.InFlight(2, T, T, 1, 2),
                new Run.Cancelling(1, T, T, 1),
                new Run.AwaitingRetry(3, T, T, FAILURE, 1),
                new Run.Succeeded(1, T, T, checked),
                new Run.Succeeded(1, T, T, zone),
                new Run.Succeeded(1, T, T, lowered),
                new Run.Failed(6, T, T, FAILURE),
                new Run.Skipped(6, T, T, "olga", "done by hand"));
        Map<String, StepState> steps = new LinkedHashMap<>();
        for (Run run : runs) {
            steps.put("step-" + steps.size(), new StepState(run, Run.NOT_STARTED));
        }
        return new Ledger(
                steps,
                Map.of(
                        "a", GateState.NOT_ASKED,
                        "b", new GateState.Waiting(T, T),
                        "c", new GateState.Approved(T, T, "anna", "", Optional.empty()),
                        "g", new GateState.Approved(T, T, "anna", "", Optional.of("the dean agrees")),
                        "d", new GateState.Rejected(T, T, "anna", "no"),
                        "e", new GateState.Expired(T, T),
                        "f", new GateState.Withdrawn(T, T)),
                Map.of(
                        "a", TimerState.NOT_STARTED,
                        "b", new TimerState.Waiting(T, T),
                        "c", new TimerState.Elapsed(T, T),
                        "d", new TimerState.Withdrawn(T, T),
                        "e", new TimerState.Missed(T, T),
                        "f", new TimerState.Skipped(T, T, "olga", "in a hurry")));
    }
}
