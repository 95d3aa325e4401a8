package dev.hubferry.sandbox.world;

import java.util.Locale;

/** The form in which the names of a property and of its environment variable are equal. */
public final class SettingName {
    private SettingName() {}

    /** Such as {@code KAFKA_BOOTSTRAP_SERVERS} for {@code kafka.bootstrap.servers}. */
    public static String of(String propertyOrVariable) {
        return propertyOrVariable.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
