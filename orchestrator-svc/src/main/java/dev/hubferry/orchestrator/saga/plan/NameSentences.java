package dev.hubferry.orchestrator.saga.plan;

import static dev.hubferry.orchestrator.saga.plan.Sentence.forwardOnly;
import static dev.hubferry.orchestrator.saga.plan.Sentence.looks;
import static dev.hubferry.orchestrator.saga.plan.Sentence.undone;

import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.orchestrator.saga.plan.Sentences.Wording;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What dns-svc will do to the hub's name. */
final class NameSentences {
    private NameSentences() {}

    static Optional<Wording> of(String row) {
        @Nullable
        Wording wording = switch (row) {
            case "check-zone" -> NameSentences::checkZone;
            case "check-record" -> NameSentences::checkRecord;
            case "lower-ttl" -> NameSentences::lowerTtl;
            case "switch-record" -> NameSentences::switchRecord;
            case "await-propagation" -> NameSentences::awaitPropagation;
            case "restore-ttl" -> NameSentences::restoreTtl;
            default -> null;
        };
        return Optional.ofNullable(wording);
    }

    private static Sentence checkZone(PlanFacts f) {
        return looks("Reads the zone %s%s%s, and asks its name servers for %s."
                .formatted(
                        f.spec().dns().zone(),
                        f.onceMore(),
                        f.zone()
                                .map(found -> " (%s)"
                                        .formatted(Figures.count(found.zone().size(), "record", "records")))
                                .orElse(""),
                        f.spec().dns().name()));
    }

    private static Sentence checkRecord(PlanFacts f) {
        return looks("Makes sure that %s, leads to where %s lets users in.".formatted(f.recordNow(), f.oldHub()));
    }

    private static Sentence lowerTtl(PlanFacts f) {
        if (f.record().isPresent() && f.record().equals(f.lowered())) {
            return undone(
                    "Leaves the record of %s as it is, since its TTL is not above %s already."
                            .formatted(
                                    f.recordNow(), Figures.time(f.spec().dns().cutoverTtl())),
                    "There is nothing to give back then.");
        }
        return undone(
                "Lowers the TTL of %s to %s, and waits until every name server says so."
                        .formatted(f.recordNow(), Figures.time(f.spec().dns().cutoverTtl())),
                "Gives the record its old TTL back.");
    }

    private static Sentence switchRecord(PlanFacts f) {
        String from = f.record().map(NameSentences::target).orElse("where it leads now");
        String to = f.moved()
                .map(NameSentences::target)
                .orElse("where the cluster %s lets users in"
                        .formatted(f.spec().target().cluster()));
        String others = f.zone()
                .map(found -> found.zone().size() - 1)
                .map(count -> " The other %s of the zone stay as they are."
                        .formatted(Figures.count(count, "record", "records")))
                .orElse(" All other records of the zone stay as they are.");
        return undone(
                "Turns the record %s from %s to %s.%s".formatted(f.spec().dns().name(), from, to, others),
                "Turns the record back to %s.".formatted(from));
    }

    private static String target(DnsRecord record) {
        return record.type() + " " + record.value();
    }

    private static Sentence awaitPropagation(PlanFacts f) {
        return looks("Waits until every name server of the zone answers with the new record%s."
                .formatted(f.cachedInDowntime()
                        .map(ttl -> ", and then the %s that caches may keep the old one".formatted(Figures.time(ttl)))
                        .orElse(", and then as long as caches may keep the old one")));
    }

    private static Sentence restoreTtl(PlanFacts f) {
        return forwardOnly("Gives the record of %s its old TTL back%s."
                .formatted(
                        f.spec().dns().name(),
                        f.oldTtl()
                                .map(ttl -> ", %s".formatted(Figures.time(ttl)))
                                .orElse("")));
    }
}
