package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What dns-svc answers when a command succeeded. */
public sealed interface DnsReply extends Reply {
    /**
     * @param current the hub's record as it stands
     * @param zone every record of the zone
     * @param notices what people should know before they approve
     */
    @WireType("dns.zone-checked.v1")
    record ZoneChecked(DnsRecord current, List<DnsRecord> zone, List<Notice> notices) implements DnsReply {
        public ZoneChecked {
            Require.present(current, "current");
            zone = List.copyOf(zone);
            notices = List.copyOf(notices);
        }
    }

    /**
     * @param oldTtl what the record had; caches may keep the old answer that long after {@code at}
     * @param newTtl what it has now
     * @param at when every authoritative server answered with the new one
     */
    @WireType("dns.ttl-lowered.v1")
    record TtlLowered(Duration oldTtl, Duration newTtl, Instant at) implements DnsReply {
        public TtlLowered {
            Require.notNegative(oldTtl, "oldTtl");
            Require.notNegative(newTtl, "newTtl");
            Require.present(at, "at");
        }
    }

    /**
     * @param happened false when the time to live had not been lowered
     * @param zone every record of the zone as read back; none when it was not read, as when nothing had happened
     */
    @WireType("dns.ttl-restored.v1")
    record TtlRestored(
            boolean happened,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<DnsRecord>> zone) implements DnsReply {
        public TtlRestored {
            zone = copy(zone);
        }
    }

    /**
     * @param before every record of the zone before the change
     * @param after every record of the zone after it, as read back
     */
    @WireType("dns.record-switched.v1")
    record RecordSwitched(List<DnsRecord> before, List<DnsRecord> after) implements DnsReply {
        public RecordSwitched {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * @param happened false when the record had not been switched
     * @param zone every record of the zone as read back; none when it was not read, as when nothing had happened
     */
    @WireType("dns.record-switched-back.v1")
    record RecordSwitchedBack(
            boolean happened,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<DnsRecord>> zone) implements DnsReply {
        public RecordSwitchedBack {
            zone = copy(zone);
        }
    }

    /** @param servers the authoritative servers that answered, as {@code name/address} */
    @WireType("dns.propagated.v1")
    record Propagated(List<String> servers) implements DnsReply {
        public Propagated {
            servers = List.copyOf(Require.notEmpty(servers, "servers"));
        }
    }

    private static Optional<List<DnsRecord>> copy(@Nullable Optional<List<DnsRecord>> zone) {
        // Jackson hands null to a record for a missing property, and older senders send none.
        return zone == null ? Optional.empty() : zone.map(List::copyOf);
    }
}
