package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.orchestrator.api.view.ReportView;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.saga.plan.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report as people read it.
 *
 * @param downtime measured, in words
 * @param finalPass forecast and truth, a line each
 * @param zone each record before and after; a record that was not there, or is not any more, has none
 * @param hasReceipt whether there is one to keep
 */
public record ReportPage(
        ReportView report,
        Badge outcome,
        Moment requestedAt,
        Optional<Moment> endedAt,
        List<Line> steps,
        List<Line> undos,
        String downtime,
        String orchestration,
        List<String> finalPass,
        List<Fact> homes,
        List<String> passes,
        List<Fact> database,
        List<ZoneLine> zone,
        boolean hasReceipt) {

    /** A row of the saga. */
    public record Line(
            String name,
            Badge outcome,
            int attempts,
            Optional<Moment> startedAt,
            String took,
            Optional<Trouble> trouble) {}

    public record Fact(String name, String value) {}

    public record ZoneLine(String before, String after, boolean changed) {}

    public String path() {
        return "/ui/migrations/" + report.migration();
    }

    public static ReportPage of(ReportView report) {
        return new ReportPage(
                report,
                Badge.of(report.outcome()),
                new Moment(report.requestedAt()),
                report.endedAt().map(Moment::new),
                report.steps().stream().map(ReportPage::line).toList(),
                report.undos().stream().map(ReportPage::line).toList(),
                downtime(report),
                seconds(report.orchestrationSeconds()),
                report.finalPass().map(ReportPage::finalPass).orElse(List.of()),
                homes(report.homes()),
                report.homes().passes().stream().map(Found::pass).toList(),
                database(report.database()),
                zone(report.dns()),
                report.homes().rootHash().isPresent());
    }

    private static Line line(ReportView.Step step) {
        return new Line(
                step.name(),
                Badge.of(step.outcome()),
                step.kind() == StepView.Kind.STEP ? step.attempts() : 0,
                step.startedAt().map(Moment::new),
                step.startedAt()
                        .flatMap(from -> step.endedAt().map(until -> Ladder.span(Duration.between(from, until))))
                        .orElse(""),
                step.failure().map(Trouble::of));
    }

    private static String downtime(ReportView report) {
        if (report.downtimeSeconds() == 0 && !report.stillDown()) {
            return "none: the old hub was never closed";
        }
        return seconds(report.downtimeSeconds()) + (report.stillDown() ? " by now, and neither hub is open" : "");
    }

    private static String seconds(double seconds) {
        return Ladder.span(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static List<String> finalPass(ReportView.FinalPass pass) {
        List<String> lines = new ArrayList<>();
        lines.add("Forecast when the hub was closed: " + Outlooks.text(pass.forecast()));
        pass.budget().ifPresent(budget -> lines.add("Budget: " + Figures.time(budget)));
        pass.overBudget().ifPresent(why -> lines.add("It might take longer, since: " + why));
        pass.took()
                .ifPresent(took -> lines.add("It took " + Ladder.span(took)
                        + pass.asForecast()
                                .map(as -> as ? ", as forecast" : ", not as forecast")
                                .orElse("")));
        pass.repeats()
                .forEach(repeat -> lines.add("Once more, since %s was written meanwhile: %s"
                        .formatted(Figures.count(repeat.written(), "entry", "entries"), Found.pass(repeat.pass()))));
        return lines;
    }

    private static List<Fact> homes(ReportView.Homes homes) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("From", homes.sourcePath()));
        facts.add(new Fact("To", homes.targetPath()));
        facts.add(new Fact("Homes", Figures.count(homes.users())));
        facts.add(new Fact("Entries", Figures.count(homes.entries())));
        facts.add(new Fact("Content", Figures.bytes(homes.bytes())));
        facts.add(new Fact(
                "Files hashed on both sides",
                homes.filesHashed().map(Figures::count).orElse("none: the homes were not compared")));
        homes.rootHash().ifPresent(hash -> facts.add(new Fact("Root hash of the receipt", hash)));
        return facts;
    }

    private static List<Fact> database(ReportView.Database database) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Accounts", Figures.count(database.users())));
        facts.add(new Fact("Size", Figures.bytes(database.sizeBytes())));
        database.schemaHead().ifPresent(head -> facts.add(new Fact("Schema", head)));
        database.snapshotSha256().ifPresent(hash -> facts.add(new Fact("SHA-256 of the snapshot", hash)));
        database.placedSha256().ifPresent(hash -> facts.add(new Fact("SHA-256 as placed", hash)));
        return facts;
    }

    private static List<ZoneLine> zone(ReportView.Dns dns) {
        List<DnsRecord> before = dns.before().orElse(List.of());
        List<DnsRecord> after = dns.after().orElse(List.of());
        List<DnsRecord> added = new ArrayList<>(after);
        List<ZoneLine> lines = new ArrayList<>();
        for (DnsRecord record : before) {
            Optional<DnsRecord> same = added.stream().filter(record::equals).findFirst();
            Optional<DnsRecord> found = same.or(() -> added.stream()
                    .filter(other -> other.host().equals(record.host()) && !before.contains(other))
                    .findFirst());
            found.ifPresent(added::remove);
            String unknown = dns.after().isPresent() ? "gone" : "not read since";
            lines.add(new ZoneLine(
                    Found.record(record),
                    found.map(Found::record).orElse(unknown),
                    same.isEmpty() && dns.after().isPresent()));
        }
        added.forEach(record -> lines.add(new ZoneLine("", Found.record(record), true)));
        return lines;
    }
}
