package dev.hubferry.orchestrator.saga.plan;

import dev.hubferry.contracts.DbReply.DatabaseChecked;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply.ZoneChecked;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.contracts.K8sReply.TargetChecked;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Run;
import java.time.Duration;
import java.util.Optional;

/** What is known before a move: what people ask for, and what those checks found that found nothing in the way. */
public record PlanFacts(
        MigrationSpec spec,
        Optional<HubFacts> source,
        Optional<HubFacts> target,
        Optional<HomesChecked> homes,
        Optional<DatabaseChecked> database,
        Optional<ZoneChecked> zone,
        Told told) {

    /** Who tells of them. */
    public enum Told {
        /** A plan, whose checks the migration will make once more. */
        BY_PLAN,
        /** The migration whose checks they are of. */
        BY_MIGRATION
    }

    /** For a plan. */
    public static PlanFacts of(MigrationSpec spec, Ledger ledger) {
        return of(spec, ledger, Told.BY_PLAN);
    }

    public static PlanFacts of(MigrationSpec spec, Ledger ledger, Told told) {
        return new PlanFacts(
                spec,
                reply(ledger, "check-source", SourceChecked.class).map(SourceChecked::facts),
                reply(ledger, "check-target", TargetChecked.class).map(TargetChecked::facts),
                reply(ledger, "check-homes", HomesChecked.class),
                reply(ledger, "check-database", DatabaseChecked.class),
                reply(ledger, "check-record", ZoneChecked.class)
                        .or(() -> reply(ledger, "check-zone", ZoneChecked.class)),
                told);
    }

    private static <R extends Reply> Optional<R> reply(Ledger ledger, String step, Class<R> type) {
        return ledger.step(step).forward() instanceof Run.Succeeded succeeded && type.isInstance(succeeded.reply())
                ? Optional.of(type.cast(succeeded.reply()))
                : Optional.empty();
    }

    /** What the record will have while users move; a time to live that is below the wanted one already stays. */
    public Optional<DnsRecord> lowered() {
        return record().map(now ->
                withTtl(now, Math.min(now.ttlSeconds(), spec.dns().cutoverTtl().toSeconds())));
    }

    /** What the record will be in the end: where the new cluster lets users in by now, with the time to live of before. */
    public Optional<DnsRecord> moved() {
        return record().flatMap(now -> target.map(hub -> new DnsRecord(
                now.host(), typeFor(hub.ingress()), hub.ingress().value(), now.ttlSeconds(), now.priority())));
    }

    public Optional<DnsRecord> record() {
        return zone.map(ZoneChecked::current);
    }

    /** How long caches may keep the record as it is now. */
    public Optional<Duration> oldTtl() {
        return record().map(now -> Duration.ofSeconds(now.ttlSeconds()));
    }

    /** How long caches may keep the old address after the record was switched, which is waited for with the hub down. */
    public Optional<Duration> cachedInDowntime() {
        return lowered().map(now -> Duration.ofSeconds(now.ttlSeconds()));
    }

    /** What a plan says of a check that it has made itself. */
    String onceMore() {
        return told == Told.BY_PLAN ? " once more, as this plan has" : "";
    }

    /** Whose count a number of servers is. */
    String whose() {
        return told == Told.BY_PLAN ? "this plan's" : "the first";
    }

    String oldHub() {
        return hub(spec.source());
    }

    String newHub() {
        return hub(spec.target());
    }

    String oldHomes() {
        return homes(spec.homes().source());
    }

    String newHomes() {
        return homes(spec.homes().target());
    }

    /** Such as {@code 60 homes with 7,000 entries and 120.0 MB}. */
    String allHomes() {
        return homes.map(found -> "%s with %s and %s"
                        .formatted(
                                Figures.count(found.users(), "home", "homes"),
                                Figures.count(found.entries(), "entry", "entries"),
                                Figures.bytes(found.bytes())))
                .orElse(told == Told.BY_PLAN ? "all homes, which this plan could not count," : "all homes");
    }

    /** Such as {@code astro.example.org, A 192.0.2.10 with a TTL of 30 min}. */
    String recordNow() {
        return spec.dns().name()
                + record().map(now -> ", " + text(now))
                        .orElse(told == Told.BY_PLAN ? ", whose record this plan could not read" : "");
    }

    static String text(DnsRecord record) {
        return "%s %s with a TTL of %s"
                .formatted(record.type(), record.value(), Figures.time(Duration.ofSeconds(record.ttlSeconds())));
    }

    private static DnsRecord withTtl(DnsRecord record, long seconds) {
        return new DnsRecord(record.host(), record.type(), record.value(), seconds, record.priority());
    }

    private static String typeFor(IngressAddress address) {
        return switch (address.kind()) {
            case IPV4 -> "A";
            case IPV6 -> "AAAA";
            case HOSTNAME -> "CNAME";
        };
    }

    private static String hub(HubRef hub) {
        return "%s/%s%s"
                .formatted(
                        hub.cluster(),
                        hub.namespace(),
                        hub.release().map(name -> "/" + name).orElse(""));
    }

    private static String homes(HomesRef homes) {
        return homes.storage() + ":" + homes.path();
    }
}
