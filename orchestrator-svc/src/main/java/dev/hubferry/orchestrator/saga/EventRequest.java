package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Require;

/**
 * A request that came by event, by what makes a repeated one the same.
 *
 * @param requester who signed it, such as {@code key:ci}
 * @param id what the requester calls it, at most 200 characters; the ids of one do not meet those of another
 * @param bodyHash lower-case hex SHA-256 of what was signed
 */
public record EventRequest(String requester, String id, String bodyHash) {
    public static final int LONGEST_ID = 200;

    public EventRequest {
        Require.text(requester, "requester");
        Require.text(id, "id");
        Require.text(bodyHash, "bodyHash");
        if (id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("the id is longer than " + LONGEST_ID + " characters");
        }
    }
}
