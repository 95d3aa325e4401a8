package dev.hubferry.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every message record by its wire name, read from the sealed hierarchies so that none can be forgotten. */
public final class WireTypes {
    private static final Map<String, Class<? extends Body>> BY_NAME = collect();

    private WireTypes() {}

    /** All message records by wire name, in the order of their declaration. */
    public static Map<String, Class<? extends Body>> all() {
        return BY_NAME;
    }

    /** The record that {@code wireName} stands for, or empty when this version does not know the name. */
    public static Optional<Class<? extends Body>> find(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /**
     * The wire name of a message record.
     *
     * @throws IllegalArgumentException when {@code type} is no message record
     */
    public static String nameOf(Class<? extends Body> type) {
        WireType name = type.getAnnotation(WireType.class);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " has no @WireType");
        }
        return name.value();
    }

    private static Map<String, Class<? extends Body>> collect() {
        Map<String, Class<? extends Body>> found = new LinkedHashMap<>();
        addAll(Command.class, found);
        addAll(Cancel.class, found);
        addAll(Probe.class, found);
        addAll(Reply.class, found);
        addAll(CommandStatus.class, found);
        addAll(Progress.class, found);
        addAll(MigrationEvent.class, found);
        return Collections.unmodifiableMap(found);
    }

    private static void addAll(Class<? extends Body> type, Map<String, Class<? extends Body>> found) {
        if (!type.isSealed()) {
            Class<?> clash = found.put(nameOf(type), type);
            if (clash != null) {
                throw new IllegalStateException(clash + " and " + type + " share the wire name " + nameOf(type));
            }
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            addAll(permitted.asSubclass(Body.class), found);
        }
    }
}
