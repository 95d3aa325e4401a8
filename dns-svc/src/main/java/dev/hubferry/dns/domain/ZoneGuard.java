package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The only way in which a zone is written: every write replaces all of it, so everything is read, compared and kept first.
 *
 * <pre>
 *   read ─► refuse? ─► decide ─► back up ─► wait for a call ─► read again, as before? ─► write all ─► read until it shows or settles
 *             │          │                                            │                                      │
 *          problems   nothing to do                             ZONE_CHANGED                        lost or foreign records: named
 * </pre>
 *
 * All of this is one turn of the zone's, so only people and other tools can interfere.
 */
final class ZoneGuard {

    private static final Duration FIRST_LOOK = Duration.ofMillis(500);

    /**
     * A zone before and after.
     *
     * @param written whether it was written; if not, both are the same
     */
    record Change(Zone before, Zone after, boolean written) {}

    /** One run in its turn. */
    private record Run(ZoneWork work, ZoneTurns.Turn turn) {}

    private final DomainName domain;
    private final DnsProvider provider;
    private final ZoneTurns turns;
    private final ZoneRules rules;
    private final ZoneJudge judge;
    private final Clock clock;
    private final Pause pause;

    ZoneGuard(DomainName domain, DnsProvider provider, ZoneTurns turns, ZoneRules rules, Clock clock, Pause pause) {
        this.domain = domain;
        this.provider = provider;
        this.turns = turns;
        this.rules = rules;
        this.judge = new ZoneJudge(rules);
        this.clock = clock;
        this.pause = pause;
    }

    /** Changes the record of {@code name} as {@code edit} decides, or refuses. */
    Outcome<Change> change(DomainName name, ZoneEdit edit, ZoneWork work) throws InterruptedException {
        if (!name.isWithin(domain)) {
            return Outcome.refused(outside(name, domain));
        }
        try (ZoneTurns.Turn turn = turns.await(domain, work)) {
            return change(name, edit, new Run(work, turn));
        }
    }

    private Outcome<Change> change(DomainName name, ZoneEdit edit, Run run) throws InterruptedException {
        settle(run);
        DnsProvider.Reading reading = provider.read(domain);
        List<Problem> problems = judge.problems(reading, name);
        if (!problems.isEmpty()) {
            return new Outcome.Refused<>(problems);
        }
        Zone zone = reading.zone();
        ZoneRecord current = judge.current(zone, name);
        return switch (edit.decide(zone, current)) {
            case ZoneEdit.Decision.LeaveAsIs() -> Outcome.done(new Change(zone, zone, false));
            case ZoneEdit.Decision.Refuse(Problem problem) -> Outcome.refused(problem);
            case ZoneEdit.Decision.Replace(ZoneRecord next, Runnable beforeWrite) -> {
                Optional<Problem> unfit = unfit(zone, current, next, name);
                if (unfit.isPresent()) {
                    yield Outcome.refused(unfit.get());
                }
                beforeWrite.run();
                yield write(zone, zone.replacing(current, next), run);
            }
        };
    }

    static Problem outside(DomainName name, DomainName domain) {
        return new Problem(
                ErrorCode.SPEC_INVALID,
                "record " + name,
                "the name is not within the zone " + domain,
                "name the zone connection that holds it");
    }

    DomainName domain() {
        return domain;
    }

    ZoneJudge judge() {
        return judge;
    }

    DnsProvider.Reading read() throws InterruptedException {
        return provider.read(domain);
    }

    private Outcome<Change> write(Zone zone, Zone wanted, Run run) throws InterruptedException {
        return switch (replace(zone, wanted, run)) {
            case DnsProvider.Written.NotSent(Problem why) -> Outcome.refused(why);
            // A word of success is no effect yet: until the zone shows it, the write is as open as one without an
            // answer.
            case DnsProvider.Written.Accepted() ->
                compare(
                        zone,
                        wanted,
                        settle(run).orElse(zone),
                        "the provider accepted the write, but shows the old zone");
            case DnsProvider.Written.Unknown(String why) ->
                compare(zone, wanted, settle(run).orElse(zone), "the write had no effect: " + why);
        };
    }

    private DnsProvider.Written replace(Zone zone, Zone wanted, Run run) throws InterruptedException {
        try {
            return provider.replace(zone, wanted, () -> lastLook(zone, wanted, run));
        } catch (DnsAccessException noEffect) {
            run.turn().writeEnded();
            throw noEffect;
        }
    }

    /** Asked when the provider has nothing more to wait for: only now does the clock of the write start, and is the lease's word new. */
    private Optional<Problem> lastLook(Zone zone, Zone wanted, Run run) throws InterruptedException {
        Zone again = provider.read(domain).zone();
        if (!again.sameAs(zone)) {
            return Optional.of(new Problem(
                    ErrorCode.ZONE_CHANGED,
                    "zone " + domain,
                    "somebody changed it while it was about to be written: " + zone.difference(again),
                    "nothing was written; let nobody else edit the zone meanwhile"));
        }
        run.work().ensureHeldByDatabase();
        run.turn().writeBegins(new ZoneTurns.UnfinishedWrite(clock.instant(), wanted));
        return Optional.empty();
    }

    private Outcome<Change> compare(Zone before, Zone wanted, Zone after, String unchanged) {
        if (after.sameAs(wanted)) {
            return Outcome.done(new Change(before, after, true));
        }
        if (after.sameAs(before)) {
            return Outcome.refused(
                    ErrorCode.DNS_UNREACHABLE, "zone " + domain, unchanged, "the step can be tried again");
        }
        return Outcome.refused(
                ErrorCode.ZONE_WRITE_WRONG,
                "zone " + domain,
                "after the write it is not as it should be; missing and unwanted: " + wanted.difference(after),
                "put the missing records back by hand; the zone as it was is kept in the effect journal");
    }

    /**
     * Waits until a write has shown itself or can no longer take effect: a later write, built on the zone without it, would otherwise
     * race with it, whichever migration began it. Returns the zone as it then stands; empty when no write was open.
     */
    private Optional<Zone> settle(Run run) throws InterruptedException {
        Optional<ZoneTurns.UnfinishedWrite> open = run.turn().unfinishedWrite();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Instant end = open.get().at().plus(rules.writeSettles());
        Duration wait = FIRST_LOOK;
        Zone seen = provider.read(domain).zone();
        while (!seen.sameAs(open.get().wanted()) && clock.instant().isBefore(end)) {
            run.work().ensureHeld();
            run.turn().extend();
            pause.pause(wait);
            wait = wait.multipliedBy(2);
            seen = provider.read(domain).zone();
        }
        run.turn().writeEnded();
        return Optional.of(seen);
    }

    private Optional<Problem> unfit(Zone zone, ZoneRecord current, ZoneRecord next, DomainName name) {
        long shortest = rules.shortestTtl().toSeconds();
        long longest = rules.longestTtl().toSeconds();
        if (next.ttlSeconds() != current.ttlSeconds()
                && (next.ttlSeconds() < shortest || next.ttlSeconds() > longest)) {
            return Optional.of(new Problem(
                    ErrorCode.SPEC_INVALID,
                    "record " + name,
                    "the zone takes a time to live from " + shortest + " to " + longest + " s, not "
                            + next.ttlSeconds(),
                    "ask for one that the zone takes"));
        }
        if (!next.isWellFormed()) {
            return Optional.of(new Problem(
                    ErrorCode.SPEC_INVALID,
                    "record " + name,
                    "'" + next.value() + "' cannot be the value of its " + next.type() + " record",
                    "correct the address of the new hub"));
        }
        return next.type().equals("CNAME") && !current.type().equals("CNAME")
                ? aliasProblem(zone, current, next, name)
                : Optional.empty();
    }

    private static Optional<Problem> aliasProblem(Zone zone, ZoneRecord current, ZoneRecord next, DomainName name) {
        if (next.host().equals("@")) {
            return Optional.of(ZoneJudge.notAsExpected(
                    name,
                    "the name is the zone itself, which cannot be a CNAME to " + next.value(),
                    "give the hub a name below the zone"));
        }
        List<ZoneRecord> beside = zone.at(next.host()).stream()
                .filter(record -> !record.equals(current))
                .toList();
        return beside.isEmpty()
                ? Optional.empty()
                : Optional.of(ZoneJudge.notAsExpected(
                        name,
                        "a CNAME to " + next.value() + " cannot stand beside " + beside,
                        "move the other records to another name"));
    }
}
