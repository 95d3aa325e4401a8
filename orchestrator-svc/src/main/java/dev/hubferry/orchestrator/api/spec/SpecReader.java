package dev.hubferry.orchestrator.api.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a spec of JSON, or says everything that is wrong with it. */
public final class SpecReader {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DNS_NAME = 253;

    /** Added to now it is still a time that the database and a person's calendar can hold. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    /** A cut that leaves the old address in caches for longer than a day is no cut. */
    private static final Duration LONGEST_TTL = Duration.ofDays(1);

    private static final Pattern DNS_NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String LABEL_REMEDY = "use the name as kubectl shows it";

    private final KnownConnections known;
    private final Clock clock;

    public SpecReader(KnownConnections known, Clock clock) {
        this.known = known;
        this.clock = clock;
    }

    /** What became of the JSON. */
    public sealed interface Read {
        record Valid(MigrationSpec spec) implements Read {}

        /** @param errors at least one */
        record Invalid(List<SpecError> errors) implements Read {}
    }

    public Read read(JsonNode body) {
        Errors errors = new Errors();
        JsonFields fields = JsonFields.of(body, errors);
        Optional<String> name = name(fields);
        Optional<HubRef> source = hub(fields.object("source"));
        Optional<HubRef> target = hub(fields.object("target"));
        Optional<MigrationSpec.Homes> homes = homes(fields.object("homes"));
        Set<DatabaseConsent> consents = consents(fields.optionalObject("database"));
        Optional<MigrationSpec.Dns> dns = dns(fields.object("dns"));
        MigrationSpec.Cutover cutover = cutover(fields.optionalObject("cutover"));
        MigrationSpec.Approvals approvals = approvals(fields.optionalObject("approvals"));
        Duration soak = duration(fields, "soak", LONGEST_WAIT).orElse(MigrationSpec.DEFAULT_SOAK);
        Optional<Priority> priority = fields.optionalChoice("priority", Priority.class);
        fields.close();
        requireDifferentHubs(fields, source, target);
        if (!errors.isEmpty()) {
            return new Read.Invalid(errors.all());
        }
        return new Read.Valid(new MigrationSpec(
                name.orElseThrow(),
                source.orElseThrow(),
                target.orElseThrow(),
                homes.orElseThrow(),
                new MigrationSpec.Database(consents),
                dns.orElseThrow(),
                cutover,
                approvals,
                soak,
                priority.orElse(Priority.DEFAULT)));
    }

    private static Optional<String> name(JsonFields fields) {
        Optional<String> name = fields.text("name");
        if (name.isPresent() && name.get().length() > LONGEST_NAME) {
            fields.wrong("name", "is longer than " + LONGEST_NAME + " characters", "shorten it");
        }
        return name;
    }

    private Optional<HubRef> hub(JsonFields fields) {
        Optional<String> cluster = connection(fields, "cluster", known.clusters());
        Optional<HubRef> namespace = fields.made(
                "namespace", fields.text("namespace"), LABEL_REMEDY, text -> new HubRef("-", text, Optional.empty()));
        Optional<HubRef> release = fields.made(
                "release",
                fields.optionalText("release"),
                LABEL_REMEDY,
                text -> new HubRef("-", "x", Optional.of(text)));
        fields.close();
        return cluster.flatMap(
                name -> namespace.map(hub -> new HubRef(name, hub.namespace(), release.flatMap(HubRef::release))));
    }

    private Optional<MigrationSpec.Homes> homes(JsonFields fields) {
        Optional<HomesRef> source = directory(fields.object("source"));
        Optional<HomesRef> target = directory(fields.object("target"));
        ExistingHomes existing =
                fields.optionalChoice("existing", ExistingHomes.class).orElse(ExistingHomes.REFUSE);
        HomesOptions options = HomesOptionsReader.read(fields);
        fields.close();
        if (source.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        String from = source.get().lockKey();
        String to = target.get().lockKey();
        if (Resources.overlap(from, to)) {
            fields.wrong(
                    "target",
                    from.equals(to)
                            ? "is the same directory as the source's"
                            : "one of " + source.get().path() + " and "
                                    + target.get().path() + " is inside the other",
                    "name the directory that the new hub mounts");
            return Optional.empty();
        }
        return Optional.of(new MigrationSpec.Homes(
                source.get(), target.get(), existing, options.exclude(), options.ownership(), options.consents()));
    }

    private Optional<HomesRef> directory(JsonFields fields) {
        Optional<String> storage = connection(fields, "storage", known.storages());
        Optional<HomesRef> path = fields.made(
                "path",
                fields.text("path"),
                "use the path as the storage server itself sees it",
                text -> new HomesRef("-", text));
        fields.close();
        return storage.flatMap(name -> path.map(found -> new HomesRef(name, found.path())));
    }

    private static Set<DatabaseConsent> consents(Optional<JsonFields> fields) {
        Set<DatabaseConsent> consents = EnumSet.noneOf(DatabaseConsent.class);
        fields.ifPresent(database -> {
            consents.addAll(database.optionalChoices("consents", DatabaseConsent.class));
            database.close();
        });
        return consents;
    }

    private Optional<MigrationSpec.Dns> dns(JsonFields fields) {
        Optional<String> zone = connection(fields, "zone", known.zones());
        Optional<String> name = fields.text("name").map(SpecReader::normalDnsName);
        if (name.isPresent() && !isDnsName(name.get())) {
            fields.wrong(
                    "name",
                    "'" + name.get() + "' is no full DNS name",
                    "use the name that users type, such as hub.example.org, without https:// and without a path");
        }
        Duration ttl = duration(fields, "cutoverTtl", LONGEST_TTL).orElse(MigrationSpec.Dns.DEFAULT_CUTOVER_TTL);
        fields.close();
        return zone.flatMap(z -> name.map(n -> new MigrationSpec.Dns(z, n, ttl)));
    }

    private MigrationSpec.Cutover cutover(Optional<JsonFields> fields) {
        if (fields.isEmpty()) {
            return MigrationSpec.Cutover.ANY_TIME;
        }
        JsonFields cutover = fields.get();
        Optional<Instant> start = cutover.optionalInstant("start");
        Optional<Instant> end = cutover.optionalInstant("end");
        Optional<Duration> longest = duration(cutover, "maxDowntime", LONGEST_WAIT);
        Optional<Duration> budget = duration(cutover, "finalPassBudget", LONGEST_WAIT);
        Optional<MigrationSpec.OnTrouble> onTrouble =
                cutover.optionalChoice("onTrouble", MigrationSpec.OnTrouble.class);
        Optional<OnLateWrites> onLateWrites = cutover.optionalChoice("onLateWrites", OnLateWrites.class);
        cutover.close();
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            cutover.wrong("end", "is not after the start", "leave time between start and end for the downtime");
            return MigrationSpec.Cutover.ANY_TIME;
        }
        if (end.isPresent() && !end.get().isAfter(clock.instant())) {
            cutover.wrong("end", end.get() + " is past", "give the cutover a window that is still to come");
            return MigrationSpec.Cutover.ANY_TIME;
        }
        if (longest.isPresent() && longest.get().isZero()) {
            cutover.wrong("maxDowntime", "allows no downtime", "use a time in which the cutover can end, such as 30m");
            return MigrationSpec.Cutover.ANY_TIME;
        }
        if (budget.isPresent() && budget.get().isZero()) {
            cutover.wrong(
                    "finalPassBudget",
                    "allows no final pass",
                    "use a time in which the final pass can end, such as 10m");
            return MigrationSpec.Cutover.ANY_TIME;
        }
        if (budget.isPresent() && longest.isPresent() && budget.get().compareTo(longest.get()) > 0) {
            cutover.wrong(
                    "finalPassBudget",
                    budget.get() + " is longer than maxDowntime, " + longest.get(),
                    "use less than maxDowntime: the final pass is only a part of the downtime");
            return MigrationSpec.Cutover.ANY_TIME;
        }
        return new MigrationSpec.Cutover(
                start,
                end,
                longest,
                budget,
                onTrouble.orElse(MigrationSpec.OnTrouble.TAKE_BACK),
                onLateWrites.orElse(OnLateWrites.TAKE_BACK));
    }

    private static MigrationSpec.Approvals approvals(Optional<JsonFields> fields) {
        Optional<Duration> expiry = Optional.empty();
        boolean fourEyes = false;
        if (fields.isPresent()) {
            JsonFields approvals = fields.get();
            expiry = duration(approvals, "expiry", LONGEST_WAIT);
            if (expiry.isPresent() && expiry.get().isZero()) {
                approvals.wrong(
                        "expiry", "leaves no time to answer", "use a time in which people can answer, such as 7d");
            }
            fourEyes = approvals.optionalBool("fourEyes").orElse(false);
            approvals.close();
        }
        return new MigrationSpec.Approvals(expiry.orElse(MigrationSpec.Approvals.DEFAULT_EXPIRY), fourEyes);
    }

    private static Optional<Duration> duration(JsonFields fields, String name, Duration longest) {
        Optional<Duration> duration = fields.optionalDuration(name);
        if (duration.isPresent() && duration.get().isNegative()) {
            fields.wrong(name, duration.get() + " is negative", "use a duration of 0s or more");
            return Optional.empty();
        }
        if (duration.isPresent() && duration.get().compareTo(longest) > 0) {
            fields.wrong(name, duration.get() + " is too long", "use at most " + longest.toDays() + "d");
            return Optional.empty();
        }
        return duration;
    }

    private static Optional<String> connection(JsonFields fields, String field, Set<String> names) {
        Optional<String> name = fields.text(field);
        if (name.isPresent() && !names.contains(name.get())) {
            fields.wrong(
                    field,
                    "no " + field + " connection is called '" + name.get() + "'",
                    Suggestions.nearest(name.get(), names)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("configured are: " + String.join(", ", names)));
        }
        return name;
    }

    private static void requireDifferentHubs(JsonFields fields, Optional<HubRef> source, Optional<HubRef> target) {
        if (source.isPresent()
                && target.isPresent()
                && Resources.overlap(source.get().lockKey(), target.get().lockKey())) {
            fields.wrong(
                    "target", "is the same hub as the source: " + source.get().lockKey(), "name the new hub");
        }
    }

    private static String normalDnsName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isDnsName(String name) {
        return name.length() <= LONGEST_DNS_NAME && DNS_NAME.matcher(name).matches();
    }
}
