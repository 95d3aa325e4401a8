package dev.hubferry.orchestrator.saga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.K8sCommand.OpenTarget;
import dev.hubferry.contracts.K8sCommand.ReleaseTarget;
import dev.hubferry.contracts.K8sReply.TargetOpened;
import dev.hubferry.contracts.K8sReply.TargetReleased;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {
    private static final HubRef HUB = new HubRef("new", "astro", Optional.empty());

    @Test
    void refusesTwoRowsOfOneName() {
        assertThatThrownBy(() -> saga(step("a"), new Node.Approval("a"))).hasMessage("two rows are called a");
    }

    @Test
    void refusesTwoPivots() {
        assertThatThrownBy(
                        () -> saga(step("a").marked(Node.Mark.PIVOT), step("b").marked(Node.Mark.PIVOT)))
                .hasMessage("more than one pivot: [a, b]");
    }

    @Test
    void refusesAPivotBesideOthers() {
        Node row = new Node.Parallel(List.of(step("a"), step("b").marked(Node.Mark.PIVOT)), false);
        assertThatThrownBy(() -> saga(row)).hasMessageContaining("b must not run in parallel");
    }

    @Test
    void refusesAnUndoThatWouldNeverRun() {
        Step late = step("b").undo(_ -> new ReleaseTarget(HUB), TargetReleased.class);
        assertThatThrownBy(() -> saga(step("a").marked(Node.Mark.PIVOT), late)).hasMessageContaining("b has an undo");
    }

    @Test
    void findsAStepInsideAParallelRow() {
        SagaDefinition saga = saga(new Node.Parallel(List.of(step("a"), step("b")), false));
        assertThat(saga.step("b")).isPresent();
        assertThat(saga.phaseOf("b")).map(Phase::name).contains("only");
        assertThat(saga.id()).isEqualTo("test/1");
    }

    @Test
    void refusesAClaimOfStepsThatAreNotThere() {
        assertThatThrownBy(() -> saga(List.of(claim("a", "c")), step("a"), step("b")))
                .hasMessageContaining("goes from a to c");
        assertThatThrownBy(() -> saga(List.of(claim("b", "a")), step("a"), step("b")))
                .hasMessageContaining("goes from b to a");
    }

    @Test
    void refusesAClaimThatBeginsBesideOthers() {
        Node row = new Node.Parallel(List.of(step("a"), step("b")), false);
        assertThatThrownBy(() -> saga(List.of(claim("a", "a")), row)).hasMessageContaining("stands alone");
    }

    @Test
    void refusesALongClaimOfAHubThatIsUp() {
        assertThatThrownBy(() -> saga(List.of(claim("a", "b")), step("a"), step("b")))
                .hasMessageContaining("where the hub is closed");
    }

    @Test
    void refusesClaimsThatOverlap() {
        Step closing = step("a").marked(Node.Mark.CLOSES);
        assertThatThrownBy(() -> saga(List.of(claim("a", "c"), claim("b", "b")), closing, step("b"), step("c")))
                .hasMessageContaining("overlap at b");
    }

    private static Claim claim(String first, String last) {
        return new Claim(first, last, _ -> Set.of(new Slot(Slot.Kind.SEED, "nfs")));
    }

    private static SagaDefinition saga(Node... nodes) {
        return saga(List.of(), nodes);
    }

    private static SagaDefinition saga(List<Claim> claims, Node... nodes) {
        RetryPolicy once = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
        Patience patience = new Patience(once, once, once, Duration.ofMinutes(1));
        return new SagaDefinition("test", 1, List.of(new Phase("only", List.of(nodes))), claims, patience);
    }

    private static Step step(String name) {
        return new Step(
                name,
                Participant.K8S,
                _ -> new OpenTarget(HUB),
                TargetOpened.class,
                Node.Undo.NOTHING,
                Node.Mark.NOTHING,
                false);
    }
}
