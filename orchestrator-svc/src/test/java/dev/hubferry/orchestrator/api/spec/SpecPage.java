package dev.hubferry.orchestrator.api.spec;

import dev.hubferry.orchestrator.api.spec.SpecField.Form;
import java.util.List;

/** The fields of a spec as a page for people. */
final class SpecPage {
    private final List<SpecField> fields;
    private final String example;
    private final StringBuilder page = new StringBuilder();

    /** @param example a spec in YAML */
    SpecPage(List<SpecField> fields, String example) {
        this.fields = fields;
        this.example = example;
    }

    String text() {
        line("# The spec of a migration");
        line("");
        line(
                "Written by a test from what `SpecFields` says, and each word of it tried on the service's own reader; `-Dhubferry.write-docs=true` writes it anew.");
        line("");
        line(
                "A spec says which hub moves where. It names connections, which the services are configured with, and never a secret. It is JSON or YAML, with the same fields:");
        line("");
        line("```yaml");
        page.append(example);
        line("```");
        line("");
        line(
                "Check it without changing anything with `POST /api/v1/migrations?dryRun=true`: [the plan](operations/plan.md). All errors are answered at once, each with its place and what to do; fields that are not known are errors.");
        line("");
        line(
                "Durations are written like `300s`, `5m`, `2h` or `7d`, or in ISO 8601 (`PT5M`); points in time with their offset (`2026-12-05T02:00:00+01:00`). In YAML, words that it would take for something else (`no`, `0123`, `12:30`) need quotes.");
        line("");
        line("| Field | Is | When it is left out | Meaning |");
        line("|---|---|---|---|");
        fields.forEach(field -> line("| `%s` | %s | %s | %s |"
                .formatted(field.path(), field.form().words(), leftOut(field), field.meaning())));
        for (SpecField field : fields) {
            if (!field.choices().isEmpty()) {
                choices(field);
            }
        }
        line("");
        line(
                "More: [homes that are not simply copied](operations/homes-options.md), [the forecast and its budget](operations/forecast.md), [late writes](operations/late-writes.md), [queues and priorities](operations/queue.md), [four eyes](operations/access.md#four-eyes).");
        return page.toString();
    }

    private String leftOut(SpecField field) {
        if (field.required()) {
            return "**an error**";
        }
        return field.fallback()
                .map(json -> "`" + json.replace("\"", "") + "`")
                .orElse(madeOfDefaults(field) ? "the defaults of its fields" : "none");
    }

    private boolean madeOfDefaults(SpecField field) {
        return field.form() == Form.OBJECT
                && fields.stream()
                        .filter(inner -> inner.path().startsWith(field.path() + "."))
                        .noneMatch(SpecField::required);
    }

    private void choices(SpecField field) {
        line("");
        line("## `" + field.path() + "`");
        line("");
        line("| | |");
        line("|---|---|");
        field.choices().forEach((word, meaning) -> line("| `%s` | %s |".formatted(word, meaning)));
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
