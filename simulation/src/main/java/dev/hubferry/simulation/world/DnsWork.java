package dev.hubferry.simulation.world;

import static dev.hubferry.simulation.protocol.Act.answer;
import static dev.hubferry.simulation.protocol.Act.done;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.protocol.Access;
import dev.hubferry.simulation.protocol.Act;
import dev.hubferry.simulation.protocol.Act.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What dns-svc does to the modelled zone: read all of it, keep what is there, write all of it. */
public class DnsWork {
    /** The name of another migration's hub in the same zone. */
    public static final String OTHER_NAME = "other.example.org";

    private static final String LOWERED = "lowered-ttl";
    private static final String SWITCHED = "switched-record";
    private static final String PROPAGATED = "propagated";
    private static final DnsRecord RECORD = new DnsRecord("astro", "A", "192.0.2.10", 300, OptionalInt.empty());
    private static final DnsReply CHECKED = new DnsReply.ZoneChecked(RECORD, List.of(RECORD), List.of());
    private static final Rejected ELSEWHERE = Rejected.of(ErrorCode.RECORD_NOT_AS_EXPECTED, "leads elsewhere");

    private static final Next LATER = new Next.Again(1_000);
    private static final int LONGEST_LAG = 40_000;

    private final World world;
    private final Chance chance;

    public DnsWork(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    final List<Act> of(DnsCommand command) {
        return switch (command) {
            case DnsCommand.CheckZone _ -> List.of(answer(CHECKED));
            case DnsCommand.LowerTtl lower when lower.name().equals(OTHER_NAME) -> lowerOther(lower);
            case DnsCommand.LowerTtl lower -> lowerTtl(lower);
            case DnsCommand.RestoreTtl _ -> restoreTtl();
            case DnsCommand.SwitchRecord to -> switchRecord(side(to.from()), side(to.to()));
            case DnsCommand.SwitchBack _ -> switchBack();
            case DnsCommand.AwaitPropagation await -> List.of(access -> awaitPropagation(access, await));
        };
    }

    private List<Act> lowerTtl(DnsCommand.LowerTtl lower) {
        int ttl = (int) lower.ttl().toSeconds();
        return List.of(
                access -> read(access).leadsTo() == side(lower.current()) ? Next.ONWARD : done(ELSEWHERE),
                access -> {
                    if (access.remembered(Zone.class).ttl() > ttl) {
                        access.recordBefore(LOWERED, access.remembered(Zone.class));
                    }
                    return Next.ONWARD;
                },
                access -> write(access, zone -> zone.withTtl(Math.min(ttl, zone.ttl()))),
                access -> {
                    if (!everyServerSays(zone -> zone.ttl() == world.zone.ttl())) {
                        return LATER;
                    }
                    int old = access.before(LOWERED, Zone.class)
                            .orElse(world.zone)
                            .ttl();
                    return done(new DnsReply.TtlLowered(
                            Duration.ofSeconds(old), Duration.ofSeconds(world.zone.ttl()), access.now()));
                });
    }

    private List<Act> lowerOther(DnsCommand.LowerTtl lower) {
        int ttl = (int) lower.ttl().toSeconds();
        return List.of(
                access -> {
                    read(access);
                    return Next.ONWARD;
                },
                access -> write(access, zone -> zone.withOtherTtl(ttl)),
                access -> done(new DnsReply.TtlLowered(lower.ttl(), lower.ttl(), access.now())));
    }

    private List<Act> restoreTtl() {
        return List.of(
                access -> {
                    read(access);
                    return access.before(LOWERED, Zone.class).isEmpty()
                            ? done(new DnsReply.TtlRestored(false, Optional.empty()))
                            : Next.ONWARD;
                },
                access -> {
                    access.requireCurrent();
                    int old = access.before(LOWERED, Zone.class).orElseThrow().ttl();
                    return write(access, zone -> zone.withTtl(old));
                },
                K8sWork.forget(LOWERED),
                answer(new DnsReply.TtlRestored(true, Optional.empty())));
    }

    private List<Act> switchRecord(Side from, Side to) {
        return List.of(
                access -> {
                    Side now = read(access).leadsTo();
                    boolean ours = access.before(SWITCHED, Zone.class).isPresent();
                    return now == from || (now == to && ours) ? Next.ONWARD : done(ELSEWHERE);
                },
                access -> {
                    access.recordBefore(SWITCHED, access.remembered(Zone.class));
                    access.forget(PROPAGATED);
                    return Next.ONWARD;
                },
                access -> write(access, zone -> zone.leadingTo(to)),
                answer(new DnsReply.RecordSwitched(List.of(RECORD), List.of(RECORD))));
    }

    private List<Act> switchBack() {
        return List.of(
                access -> {
                    read(access);
                    return access.before(SWITCHED, Zone.class).isEmpty()
                            ? done(new DnsReply.RecordSwitchedBack(false, Optional.empty()))
                            : Next.ONWARD;
                },
                access -> {
                    access.requireCurrent();
                    Zone before = access.before(SWITCHED, Zone.class).orElseThrow();
                    return write(
                            access, zone -> zone.leadingTo(before.leadsTo()).withTtl(before.ttl()));
                },
                K8sWork.forget(SWITCHED),
                answer(new DnsReply.RecordSwitchedBack(true, Optional.empty())));
    }

    /** Waits until caches have forgotten the old answer, counted from when the new one was first seen everywhere. */
    private Next awaitPropagation(Access access, DnsCommand.AwaitPropagation await) {
        if (world.zone.leadsTo() != side(await.expected())) {
            return done(Rejected.of(ErrorCode.NOT_PROPAGATED, "the old answer is still given"));
        }
        if (!everyServerSays(zone -> zone.leadsTo() == side(await.expected()))) {
            return LATER;
        }
        Instant since = access.recordBefore(PROPAGATED, access.now());
        long left = millisLeft(access.now(), since.plus(await.oldTtl()));
        return left > 0 ? new Next.Again(left) : done(new DnsReply.Propagated(List.of("ns1/192.0.2.53")));
    }

    protected long millisLeft(Instant now, Instant until) {
        return Duration.between(now, until).toMillis();
    }

    private Zone read(Access access) {
        access.remember(world.zone);
        return world.zone;
    }

    /** Writes the whole zone as it was read, but for the change. */
    private Next write(Access access, UnaryOperator<Zone> change) {
        access.requireCurrent();
        Zone written = change.apply(access.remembered(Zone.class));
        world.zone = written;
        for (int server = 0; server < world.served.length; server++) {
            int follower = server;
            chance.soon(10, LONGEST_LAG, () -> follow(follower, written));
        }
        return Next.ONWARD;
    }

    /** A server that lags behind skips what was overwritten meanwhile, since it asks for the latest. */
    private void follow(int server, Zone written) {
        if (world.zone == written) {
            world.served[server] = written;
        }
    }

    private boolean everyServerSays(Predicate<Zone> wanted) {
        return Arrays.stream(world.served).allMatch(wanted);
    }

    private static Side side(IngressAddress address) {
        return address.equals(K8sWork.OLD) ? Side.SOURCE : Side.TARGET;
    }
}
