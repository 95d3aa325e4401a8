package dev.hubferry.k8s.domain;

import dev.hubferry.contracts.MigrationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run whose lease holds until told otherwise, with a journal that can be handed to the next run. */
public final class MemoryWork implements Work {
    private final MigrationId migration;
    private final Map<String, String> effects;
    private int left = Integer.MAX_VALUE;

    public MemoryWork(String migration) {
        this(new MigrationId(migration), new LinkedHashMap<>());
    }

    private MemoryWork(MigrationId migration, Map<String, String> effects) {
        this.migration = migration;
        this.effects = effects;
    }

    /** The run after a crash: the same journal. */
    public MemoryWork next() {
        return new MemoryWork(migration, effects);
    }

    /** From now on the run must not act. */
    public void lose() {
        left = 0;
    }

    /** The lease is lost after it was asked for so many times. */
    public void loseAfter(int times) {
        left = times;
    }

    public Map<String, String> effects() {
        return effects;
    }

    @Override
    public MigrationId migration() {
        return migration;
    }

    @Override
    public void ensureHeld() {
        if (left == 0) {
            throw new Lost();
        }
        left--;
    }

    @Override
    public void report(String activity, int done, int total) {}

    @Override
    public Journal journal() {
        return new Journal() {
            @Override
            public String recordBefore(String effect, String beforeJson) {
                String first = effects.putIfAbsent(effect, beforeJson);
                return first == null ? beforeJson : first;
            }

            @Override
            public Optional<String> before(String effect) {
                return Optional.ofNullable(effects.get(effect));
            }

            @Override
            public void forget(String effect) {
                effects.remove(effect);
            }
        };
    }

    /** Stands for the kit's exception. */
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
