package dev.hubferry.contracts;

import java.util.Set;

/** What db-transfer-svc can be asked. */
public sealed interface DbCommand extends Command {
    HubRef source();

    HubRef target();

    @Override
    default Participant participant() {
        return Participant.DB;
    }

    /** Examines both hubs' databases and secrets without changing anything; answered with {@link DbReply.DatabaseChecked}. */
    @WireType("db.check-database.v1")
    record CheckDatabase(HubRef source, HubRef target, Set<DatabaseConsent> consents) implements DbCommand {
        public CheckDatabase {
            Require.present(source, "source");
            Require.present(target, "target");
            consents = Set.copyOf(consents);
        }
    }

    /**
     * Moves the source hub's database to the target while neither hub runs, and keeps the target's own; answered with
     * {@link DbReply.DatabaseTransferred}.
     */
    @WireType("db.transfer-database.v1")
    record TransferDatabase(HubRef source, HubRef target, Set<DatabaseConsent> consents) implements DbCommand {
        public TransferDatabase {
            Require.present(source, "source");
            Require.present(target, "target");
            consents = Set.copyOf(consents);
        }
    }

    /** Undoes {@link TransferDatabase}: the target's own database is back; answered with {@link DbReply.TargetDatabaseRestored}. */
    @WireType("db.restore-target-database.v1")
    record RestoreTargetDatabase(HubRef source, HubRef target) implements DbCommand {
        public RestoreTargetDatabase {
            Require.present(source, "source");
            Require.present(target, "target");
        }
    }
}
