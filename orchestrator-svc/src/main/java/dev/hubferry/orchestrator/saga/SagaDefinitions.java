package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sagas, and their versions, that this orchestrator can drive; a migration stays on the one that it began with. */
public final class SagaDefinitions {
    private final SagaDefinition newest;
    private final Map<String, SagaDefinition> byId;

    /**
     * @param newest the one that new migrations get
     * @param others those that running migrations may still have, and those of dry runs
     */
    public SagaDefinitions(SagaDefinition newest, List<SagaDefinition> others) {
        this.newest = newest;
        this.byId = Stream.concat(Stream.of(newest), others.stream())
                .collect(Collectors.toUnmodifiableMap(SagaDefinition::id, Function.identity()));
    }

    public SagaDefinition newest() {
        return newest;
    }

    /** Of all of them, such as {@code migrate-hub/1}. */
    public Set<String> ids() {
        return byId.keySet();
    }

    /**
     * The definition with this id, such as {@code migrate-hub/1}.
     *
     * @throws IllegalStateException when this version of the orchestrator does not know it
     */
    public SagaDefinition byId(String id) {
        SagaDefinition found = byId.get(id);
        if (found == null) {
            throw new IllegalStateException("this orchestrator knows " + byId.keySet() + ", but not " + id);
        }
        return found;
    }
}
