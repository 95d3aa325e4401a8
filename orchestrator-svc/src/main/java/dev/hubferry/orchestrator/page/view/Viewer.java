package dev.hubferry.orchestrator.page.view;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who looks at the page.
 *
 * @param keys makes a key for a form, another one each time
 * @param refused what was refused just now, if anything was
 */
public record Viewer(String name, Set<String> roles, Supplier<String> keys, Optional<Refused> refused) {
    /**
     * @param form its id
     * @param typed what was in its fields
     */
    public record Refused(String form, String reason, Map<String, String> typed) {}

    Optional<Refused> refusedAt(String form) {
        return refused.filter(what -> what.form().equals(form));
    }
}
