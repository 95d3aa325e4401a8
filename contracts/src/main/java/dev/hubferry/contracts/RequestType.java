package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What may be asked for on {@link Topics#REQUESTS}; each is an operation of REST, with the same body. */
public enum RequestType {
    PLAN("hubferry.request-plan.v1"),
    MIGRATION("hubferry.request-migration.v1"),
    ANSWER_GATE("hubferry.answer-gate.v1"),
    PAUSE("hubferry.pause-migration.v1"),
    RESUME("hubferry.resume-migration.v1"),
    RETRY("hubferry.retry-step.v1"),
    SKIP("hubferry.skip-step.v1"),
    PRIORITY("hubferry.set-priority.v1"),
    ABORT("hubferry.abort-migration.v1");

    private final String wireName;

    RequestType(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Empty when this version does not know the name. */
    public static Optional<RequestType> find(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
