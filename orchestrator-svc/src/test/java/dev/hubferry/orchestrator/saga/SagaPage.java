package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A saga's definition as a page for people: a picture in Mermaid, and a table. */
final class SagaPage {
    private final SagaDefinition definition;
    private final MigrationSpec spec;
    private final Map<String, Command> commands;
    private final StringBuilder page = new StringBuilder();

    /** @param commands what each step sends, by its name */
    SagaPage(SagaDefinition definition, MigrationSpec spec, Map<String, Command> commands) {
        this.definition = definition;
        this.spec = spec;
        this.commands = commands;
    }

    String text() {
        line("# The saga %s", definition.id());
        line("");
        line(
                "Written from the definition in `MigrateHub` by a test, which fails when this page is not what the definition says; "
                        + "`-Dhubferry.write-docs=true` writes it anew.");
        line("");
        picture();
        line("");
        table();
        return page.toString();
    }

    private void picture() {
        line("```mermaid");
        line("flowchart TD");
        String before = "";
        for (Phase phase : definition.phases()) {
            line("  subgraph %s", phase.name());
            for (Node node : phase.nodes()) {
                line("    %s", box(node));
            }
            line("  end");
            for (Node node : phase.nodes()) {
                if (!before.isEmpty()) {
                    line("  %s --> %s", before, id(node));
                }
                before = id(node);
            }
        }
        line("```");
    }

    private static String box(Node node) {
        String label = SagaDefinition.names(node).collect(Collectors.joining(" ∥ "));
        return switch (node) {
            case Node.Approval _ -> "%s{{%s}}".formatted(id(node), label);
            case Node.Timer _ -> "%s([%s])".formatted(id(node), label);
            case Node.Step step when step.pivot() -> "%s[[%s: the pivot]]".formatted(id(node), label);
            case Node.Step _, Node.Parallel _ -> "%s[\"%s\"]".formatted(id(node), label);
        };
    }

    private static String id(Node node) {
        return SagaDefinition.names(node).findFirst().orElseThrow().replace('-', '_');
    }

    private void table() {
        line("| Phase | Row | By | Command → answer | Undo → answer | |");
        line("|---|---|---|---|---|---|");
        for (Phase phase : definition.phases()) {
            for (Node node : phase.nodes()) {
                rows(node).forEach(row -> line("| %s | %s |", phase.name(), row));
            }
        }
    }

    private List<String> rows(Node node) {
        return switch (node) {
            case Node.Step step -> List.of(row(step, ""));
            case Node.Parallel parallel -> {
                String beside = parallel.steps().stream().map(Node.Step::name).collect(Collectors.joining(", "));
                String haste = parallel.hasty() ? "; the first failure withdraws the others" : "; all are heard";
                yield parallel.steps().stream()
                        .map(step -> row(step, "one of " + beside + haste))
                        .toList();
            }
            case Node.Approval approval ->
                List.of("**%s** | a person | – | – | %s"
                        .formatted(
                                approval.gate(),
                                approval.foresight().isPresent()
                                        ? "shows the forecast of the final pass; asks again when that has grown above `cutover.finalPassBudget` before the hub is closed"
                                        : ""));
            case Node.Timer timer ->
                List.of("%s | the clock | – | – | %s"
                        .formatted(timer.name(), timer.skippable() ? "may be skipped" : ""));
        };
    }

    private String row(Node.Step step, String beside) {
        String undo = switch (step.undo()) {
            case Node.Undo.Nothing _ -> "–";
            case Node.Undo.By by ->
                "`%s` → `%s`"
                        .formatted(
                                WireTypes.nameOf(by.command().apply(spec).getClass()), WireTypes.nameOf(by.answer()));
        };
        Command command = commands.get(step.name());
        if (command == null) {
            throw new IllegalStateException("nothing was sent for " + step.name());
        }
        return "%s | %s | `%s` → `%s` | %s | %s"
                .formatted(
                        step.name(),
                        step.participant().wireName(),
                        WireTypes.nameOf(command.getClass()),
                        WireTypes.nameOf(step.answer()),
                        undo,
                        remarks(step, beside));
    }

    private String remarks(Node.Step step, String beside) {
        List<String> remarks = new ArrayList<>();
        definition.claimOf(step).ifPresent(claim -> remarks.add(waits(claim)));
        switch (step.mark()) {
            case NOTHING -> {}
            case CLOSES -> remarks.add("users cannot work from here on");
            case PIVOT -> remarks.add("**the pivot**: forward only from here on; users can work again");
        }
        if (step.skippable()) {
            remarks.add("may be skipped");
        }
        if (!beside.isEmpty()) {
            remarks.add(beside);
        }
        return String.join("; ", remarks);
    }

    private String waits(Claim claim) {
        String slots = claim.slots().apply(spec).stream()
                .sorted()
                .map(slot -> "`" + slot.key() + "`")
                .collect(Collectors.joining(", "));
        String end =
                claim.last().equals(claim.first()) ? "" : ", had until " + claim.last() + " or the end of the way back";
        return "**waits for its turn** at " + slots + end;
    }

    private void line(String format, Object... values) {
        page.append(values.length == 0 ? format : format.formatted(values)).append('\n');
    }
}
