package dev.hubferry.contracts;

import java.time.Duration;
import java.util.Optional;

/**
 * What dns-svc can be asked; {@code zone} is the name of a zone connection, {@code name} the hub's full DNS name inside it.
 */
public sealed interface DnsCommand extends Command {
    String zone();

    String name();

    @Override
    default Participant participant() {
        return Participant.DNS;
    }

    /**
     * Reads the zone and judges whether the name can be moved; changes nothing; answered with {@link DnsReply.ZoneChecked}.
     *
     * @param expected where the name's record must lead, when that is known: to the old hub
     */
    @WireType("dns.check-zone.v1")
    record CheckZone(String zone, String name, Optional<IngressAddress> expected) implements DnsCommand {
        public CheckZone {
            requireName(zone, name);
            expected = expected == null ? Optional.empty() : expected;
        }

        /** Wherever the record leads. */
        public CheckZone(String zone, String name) {
            this(zone, name, Optional.empty());
        }
    }

    /**
     * Lowers the time to live of the hub's record, which must still be {@code current}; answered with {@link DnsReply.TtlLowered}.
     *
     * @param ttl at least the provider's smallest
     */
    @WireType("dns.lower-ttl.v1")
    record LowerTtl(String zone, String name, IngressAddress current, Duration ttl) implements DnsCommand {
        public LowerTtl {
            requireName(zone, name);
            Require.present(current, "current");
            Require.notNegative(ttl, "ttl");
        }
    }

    /** Gives the hub's record the time to live it had before {@link LowerTtl}; answered with {@link DnsReply.TtlRestored}. */
    @WireType("dns.restore-ttl.v1")
    record RestoreTtl(String zone, String name) implements DnsCommand {
        public RestoreTtl {
            requireName(zone, name);
        }
    }

    /** Turns the hub's record from one address to the other; answered with {@link DnsReply.RecordSwitched}. */
    @WireType("dns.switch-record.v1")
    record SwitchRecord(String zone, String name, IngressAddress from, IngressAddress to) implements DnsCommand {
        public SwitchRecord {
            requireName(zone, name);
            Require.present(from, "from");
            Require.present(to, "to");
        }
    }

    /** Undoes {@link SwitchRecord}; answered with {@link DnsReply.RecordSwitchedBack}. */
    @WireType("dns.switch-back.v1")
    record SwitchBack(String zone, String name) implements DnsCommand {
        public SwitchBack {
            requireName(zone, name);
        }
    }

    /**
     * Asks every authoritative server until all answer exactly {@code expected}, then waits out {@code oldTtl} so that caches have
     * forgotten the old answer; answered with {@link DnsReply.Propagated}.
     */
    @WireType("dns.await-propagation.v1")
    record AwaitPropagation(String zone, String name, IngressAddress expected, Duration oldTtl) implements DnsCommand {
        public AwaitPropagation {
            requireName(zone, name);
            Require.present(expected, "expected");
            Require.notNegative(oldTtl, "oldTtl");
        }
    }

    private static void requireName(String zone, String name) {
        Require.text(zone, "zone");
        Require.text(name, "name");
    }
}
