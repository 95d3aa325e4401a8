package dev.hubferry.simulation.saga;

import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Reply;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.simulation.chance.Rows;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.protocol.Partition;
import java.util.Map;

/** Between the engine and the wire: the one place that knows every kind of {@link Outgoing} and every kind of answer. */
final class Mail {
    private final MigrationId migration;
    private final Rows rows;
    private final Map<Participant, Partition> commands;

    Mail(MigrationId migration, Rows rows, Map<Participant, Partition> commands) {
        this.migration = migration;
        this.rows = rows;
        this.commands = commands;
    }

    Letter letter(Outgoing outgoing) {
        String id = MessageId.ofCommand(migration, outgoing.step()).value();
        return switch (outgoing) {
            case Outgoing.Send send -> new Letter(id, send.step(), rows.of(send.step()), send.command());
            case Outgoing.Inquire inquire ->
                new Letter(
                        id + "/probe/" + inquire.at().toEpochMilli(),
                        inquire.step(),
                        rows.of(inquire.step()),
                        inquire.probe());
            case Outgoing.Withdraw withdraw ->
                new Letter(id + "/cancel", withdraw.step(), rows.of(withdraw.step()), withdraw.cancel());
        };
    }

    Partition to(Outgoing outgoing) {
        Partition partition = commands.get(outgoing.participant());
        if (partition == null) {
            throw new IllegalArgumentException("nobody listens as " + outgoing.participant());
        }
        return partition;
    }

    SagaEvent event(Letter letter) {
        return switch (letter.body()) {
            case Reply reply -> new SagaEvent.Replied(letter.step(), reply, Map.of());
            case CommandStatus status -> new SagaEvent.StatusTold(letter.step(), status.stage());
            case Command _, Cancel _, Probe _, Progress _, MigrationEvent _ ->
                throw new IllegalArgumentException("not for the orchestrator: " + letter);
        };
    }

    static boolean isCommand(Letter letter) {
        return letter.body() instanceof Command;
    }
}
