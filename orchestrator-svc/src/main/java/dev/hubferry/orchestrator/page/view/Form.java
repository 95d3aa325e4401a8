package dev.hubferry.orchestrator.page.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a person may say about a migration.
 *
 * @param id unique on the page, such as {@code retry-seed-homes}
 * @param path behind the migration's own, such as {@code /pause}
 * @param key that makes it one request however often it is sent
 * @param hidden values that go along
 * @param look the class of its button in the style sheet
 * @param confirm what has to be ticked before
 * @param refused why it was refused just now
 */
public record Form(
        String id,
        String path,
        String key,
        Map<String, String> hidden,
        String button,
        String look,
        Optional<String> lead,
        List<Field> fields,
        Optional<String> confirm,
        Optional<String> refused) {

    /** @param choices what it may be; empty when it may be any text */
    public record Field(String name, String label, boolean required, String value, List<String> choices) {}
}
