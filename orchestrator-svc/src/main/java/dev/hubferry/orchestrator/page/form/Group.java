package dev.hubferry.orchestrator.page.form;

import java.util.List;

/**
 * Fields that belong together.
 *
 * @param folded whether they are out of sight until somebody wants them
 */
public record Group(String legend, boolean folded, List<Field> fields) {
    public Group {
        fields = List.copyOf(fields);
    }
}
