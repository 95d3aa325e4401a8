package dev.hubferry.simulation;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Row;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.protocol.Partition;
import dev.hubferry.simulation.saga.Scribe;
import dev.hubferry.simulation.world.DnsWork;
import dev.hubferry.simulation.world.Watch;
import java.time.Duration;
import java.time.Instant;

/** Another migration that needs the same zone: its commands come over a key of their own, so they overtake. */
final class Bystander implements Scribe {
    private static final IngressAddress ADDRESS = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.30");

    private final Chance chance;
    private final Partition partition;
    private final Watch watch;
    private int sent;

    Bystander(Chance chance, Partition partition, Watch watch) {
        this.chance = chance;
        this.partition = partition;
        this.watch = watch;
    }

    @Override
    public void sent(Letter command) {
        watch.sent(command);
        if (command.row().canMeet(FaultKind.OVERTAKEN) && chance.faults().strike(FaultKind.OVERTAKEN, command.row())) {
            overtake();
        }
    }

    private void overtake() {
        sent++;
        int ttl = 600 + sent;
        StepRef step = new StepRef("lower-ttl", StepRef.Direction.DO, sent);
        DnsCommand command = new DnsCommand.LowerTtl("example", DnsWork.OTHER_NAME, ADDRESS, Duration.ofSeconds(ttl));
        watch.expectOtherTtl(ttl);
        partition.append(new Letter("m-2/lower-ttl/do/" + sent, step, Row.BYSTANDER, command));
    }

    @Override
    public void heard(Letter reply) {
        watch.heard(reply);
    }

    @Override
    public void applied(Letter reply) {
        watch.applied(reply);
    }

    @Override
    public void uses(SlotQueue queue) {
        watch.uses(queue);
    }

    @Override
    public void waits(String step, boolean queued) {
        watch.waits(step, queued);
    }

    @Override
    public void closes(SagaState state, Instant now) {
        watch.closes(state, now);
    }

    @Override
    public void pivoted() {
        watch.pivoted();
    }
}
