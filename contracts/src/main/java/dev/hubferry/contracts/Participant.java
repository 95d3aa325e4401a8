package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** The services that carry out steps of a migration. */
public enum Participant {
    STORAGE,
    K8S,
    DB,
    DNS;

    /** The first word of its messages' wire names and the last of its command topic, such as {@code k8s}. */
    @JsonValue
    public String wireName() {
        return switch (this) {
            case STORAGE -> "storage";
            case K8S -> "k8s";
            case DB -> "db";
            case DNS -> "dns";
        };
    }
}
