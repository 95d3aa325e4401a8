package dev.hubferry.orchestrator.api.spec;

import java.util.ArrayList;
import java.util.List;

/** Everything that was found wrong so far. */
public final class Errors {
    private final List<SpecError> found = new ArrayList<>();

    void add(String pointer, String detail, String remedy) {
        found.add(new SpecError("#" + pointer, detail, remedy));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<SpecError> all() {
        return List.copyOf(found);
    }
}
