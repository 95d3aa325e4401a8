package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.DnsCommand.AwaitPropagation;
import dev.hubferry.contracts.DnsCommand.CheckZone;
import dev.hubferry.contracts.DnsCommand.LowerTtl;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsCommand.SwitchBack;
import dev.hubferry.contracts.DnsCommand.SwitchRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.ManagedZone;
import dev.hubferry.dns.domain.ManagedZones;
import dev.hubferry.dns.domain.ZoneWork;
import dev.hubferry.messaging.CommandHandler;
import dev.hubferry.messaging.Execution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** One method per command: find the zone, call the use case, map to a reply. */
@ApplicationScoped
class DnsCommandHandler implements CommandHandler<DnsCommand> {

    private final ManagedZones zones;

    DnsCommandHandler(ManagedZones zones) {
        this.zones = zones;
    }

    @Override
    public Class<DnsCommand> commandType() {
        return DnsCommand.class;
    }

    /** The name, and not its zone, which writers take for the moment of a write: a wait for name servers keeps no other hub down. */
    @Override
    public String exclusiveKey(DnsCommand command) {
        return "name:" + command.zone() + ":" + command.name();
    }

    @Override
    public Reply handle(DnsCommand command, Execution execution) throws InterruptedException {
        Optional<ManagedZone> zone = zones.find(command.zone());
        if (zone.isEmpty()) {
            return Rejected.of(
                    ErrorCode.CONNECTION_UNKNOWN, "dns-svc has no zone connection '" + command.zone() + "' configured");
        }
        Optional<DomainName> name = DomainName.parse(command.name());
        if (name.isEmpty()) {
            return Rejected.of(ErrorCode.SPEC_INVALID, "'" + command.name() + "' is not a DNS name");
        }
        try {
            return reply(command, zone.get(), name.get(), new ExecutionWork(execution));
        } catch (DnsAccessException e) {
            return Rejected.of(e.code(), e.detail());
        }
    }

    private static Reply reply(DnsCommand command, ManagedZone zone, DomainName name, ZoneWork work)
            throws InterruptedException {
        return switch (command) {
            case CheckZone check -> checkZone(zone, name, check);
            case LowerTtl lower -> lowerTtl(zone, name, lower, work);
            case RestoreTtl _ -> restoreTtl(zone, name, work);
            case SwitchRecord turn -> switchRecord(zone, name, turn, work);
            case SwitchBack _ -> switchBack(zone, name, work);
            case AwaitPropagation await -> awaitPropagation(zone, name, await, work);
        };
    }

    private static Reply checkZone(ManagedZone zone, DomainName name, CheckZone command) throws InterruptedException {
        return Answers.of(zone.checkZone()
                .execute(name, command.expected())
                .map(checked -> new DnsReply.ZoneChecked(
                        Records.record(checked.current()), Records.all(checked.zone()), checked.notices())));
    }

    private static Reply lowerTtl(ManagedZone zone, DomainName name, LowerTtl command, ZoneWork work)
            throws InterruptedException {
        return Answers.of(zone.lowerTtl()
                .execute(name, command.current(), command.ttl(), work)
                .map(lowered -> new DnsReply.TtlLowered(lowered.oldTtl(), lowered.newTtl(), lowered.at())));
    }

    private static Reply restoreTtl(ManagedZone zone, DomainName name, ZoneWork work) throws InterruptedException {
        return Answers.of(zone.restoreTtl()
                .execute(name, work)
                .map(read -> new DnsReply.TtlRestored(read.isPresent(), read.map(Records::all))));
    }

    private static Reply switchRecord(ManagedZone zone, DomainName name, SwitchRecord command, ZoneWork work)
            throws InterruptedException {
        return Answers.of(zone.switchRecord()
                .execute(name, command.from(), command.to(), work)
                .map(switched ->
                        new DnsReply.RecordSwitched(Records.all(switched.before()), Records.all(switched.after()))));
    }

    private static Reply switchBack(ManagedZone zone, DomainName name, ZoneWork work) throws InterruptedException {
        return Answers.of(zone.switchRecord()
                .undo(name, work)
                .map(read -> new DnsReply.RecordSwitchedBack(read.isPresent(), read.map(Records::all))));
    }

    private static Reply awaitPropagation(ManagedZone zone, DomainName name, AwaitPropagation command, ZoneWork work)
            throws InterruptedException {
        return Answers.of(zone.awaitPropagation()
                .execute(name, command.expected(), command.oldTtl(), work)
                .map(servers -> new DnsReply.Propagated(
                        servers.stream().map(Object::toString).toList())));
    }
}
