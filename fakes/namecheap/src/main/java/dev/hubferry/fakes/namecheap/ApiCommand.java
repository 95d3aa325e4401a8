package dev.hubferry.fakes.namecheap;

import java.util.Arrays;
import java.util.Optional;

/** The API's commands that are known here; everything else is answered "unknown command". */
public enum ApiCommand {
    GET_HOSTS("namecheap.domains.dns.getHosts"),
    SET_HOSTS("namecheap.domains.dns.setHosts"),
    GET_LIST("namecheap.domains.getList");

    private final String wireName;

    ApiCommand(String wireName) {
        this.wireName = wireName;
    }

    /** The value of the {@code Command} parameter. */
    public String wireName() {
        return wireName;
    }

    static Optional<ApiCommand> named(String wireName) {
        return Arrays.stream(values())
                .filter(command -> command.wireName.equalsIgnoreCase(wireName))
                .findFirst();
    }
}
