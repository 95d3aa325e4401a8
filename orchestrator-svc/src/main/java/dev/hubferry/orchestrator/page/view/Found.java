package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.orchestrator.saga.plan.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the rows before a gate answered, as a line each; answers that tell nothing have none. */
final class Found {
    private Found() {}

    /** @param row the step that found it */
    public record Line(String row, String text) {}

    static List<Line> lines(Map<String, Reply> found) {
        return found.entrySet().stream()
                .flatMap(entry -> text(entry.getValue()).map(text -> new Line(entry.getKey(), text)).stream())
                .toList();
    }

    private static Optional<String> text(Reply reply) {
        return switch (reply) {
            case K8sReply.SourceChecked checked -> Optional.of(hub(checked.facts()));
            case K8sReply.TargetChecked checked -> Optional.of(hub(checked.facts()));
            case K8sReply.TargetSmokeTested tested ->
                Optional.of("the new hub answers, JupyterHub " + tested.hubVersion());
            case K8sReply.UsersEvicted evicted ->
                Optional.of(Figures.count(evicted.pods(), "user server was", "user servers were") + " stopped");
            case StorageReply.HomesChecked checked ->
                Optional.of("%s, %s, %s; %s free on the target"
                        .formatted(
                                Figures.count(checked.users(), "home", "homes"),
                                Figures.count(checked.entries(), "entry", "entries"),
                                Figures.bytes(checked.bytes()),
                                Figures.bytes(checked.targetFreeBytes())));
            case StorageReply.HomesSeeded seeded -> Optional.of(passes(seeded.passes()));
            case StorageReply.HomesSynced synced -> Optional.of(pass(synced.pass()));
            case StorageReply.HomesVerified verified ->
                Optional.of("%s equal on both sides"
                        .formatted(Figures.count(verified.receipt().entries(), "entry", "entries")));
            case DbReply.DatabaseChecked checked ->
                Optional.of("%s, %s, %s; %s in the target's own"
                        .formatted(
                                checked.kind(),
                                Figures.count(checked.users(), "account", "accounts"),
                                Figures.bytes(checked.sizeBytes()),
                                Figures.count(checked.targetUsers(), "account", "accounts")));
            case DnsReply.ZoneChecked checked ->
                Optional.of("%s; %s in the zone"
                        .formatted(
                                record(checked.current()),
                                Figures.count(checked.zone().size(), "record", "records")));
            case DnsReply.TtlLowered lowered ->
                Optional.of("the time to live went from %s to %s"
                        .formatted(Figures.time(lowered.oldTtl()), Figures.time(lowered.newTtl())));
            case K8sReply _, StorageReply _, DbReply _, DnsReply _, Rejected _ -> Optional.empty();
        };
    }

    static String record(DnsRecord record) {
        return "%s %s %s with a TTL of %s"
                .formatted(
                        record.host(),
                        record.type(),
                        record.value(),
                        Figures.time(Duration.ofSeconds(record.ttlSeconds())));
    }

    private static String hub(HubFacts hub) {
        return "release %s, JupyterHub %s, %s, homes on %s:%s, users let in at %s"
                .formatted(
                        hub.release(),
                        hub.hubVersion(),
                        Figures.count(hub.userPods(), "user server", "user servers"),
                        hub.homesServer(),
                        hub.homesPath(),
                        hub.ingress().value());
    }

    private static String passes(List<PassReport> passes) {
        return passes.stream().map(Found::pass).collect(Collectors.joining("; "));
    }

    static String pass(PassReport pass) {
        return "pass %d took %s: %s looked at, %s with %s sent, %s deleted"
                .formatted(
                        pass.number(),
                        Ladder.span(Duration.between(pass.startedAt(), pass.endedAt())),
                        Figures.count(pass.entries(), "entry", "entries"),
                        Figures.count(pass.filesSent(), "file", "files"),
                        Figures.bytes(pass.bytesSent()),
                        Figures.count(pass.deleted()));
    }
}
