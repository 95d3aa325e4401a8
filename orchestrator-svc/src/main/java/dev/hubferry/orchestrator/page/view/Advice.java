package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import java.util.Map;
import java.util.Optional;

/**
 * What docs/operations/parked.md says of a row that cannot go on, so that the page helps without a net. A test holds the words against that file.
 *
 * @param meaning what it means
 * @param wayOut what to do
 * @param byHand what an undo would do, for who does it by hand and skips it
 */
public record Advice(String meaning, String wayOut, Optional<String> byHand) {
    static final String UNANSWERED =
            "the step's participant says nothing, not even when it is asked each minute. Look whether the service runs, reaches Kafka and its database. When it is back it answers by itself; nothing is lost and nothing has to be repeated.";

    static final Map<String, String> UNDOS_BY_HAND = Map.of(
            "switch-record",
            "the record as in the report's dns.before",
            "start-target-hub",
            "scale the target's hub to 0",
            "transfer-database",
            "put the target's own database back, which is kept beside the new one on the target's volume",
            "stop-source-hub",
            "scale the source's hub to what it had",
            "close-source",
            "re-create proxy-public",
            "lower-ttl",
            "the time to live as in dns.before",
            "open-route",
            "remove the hubferry line from authorized_keys, stop what runs under .hubferry beside the homes",
            "hold-target",
            "remove the selector hubferry.dev/held from the target's proxy-public and scale its hub to what it had");

    /**
     * @param hubDown whether users cannot work
     * @param late whether the row stands at the pivot or below it
     */
    static Advice of(String row, Direction direction, Optional<ErrorCode> code, boolean hubDown, boolean late) {
        if (direction == Direction.UNDO) {
            return new Advice(
                    "this undo was tried for over an hour (half a minute when it needs an operator) and failed; the undos of later rows are done, those of earlier rows are not",
                    "put it right and retry; or do by hand what it would do (below), and skip it",
                    Optional.ofNullable(UNDOS_BY_HAND.get(row)));
        }
        if (late) {
            return late(row);
        }
        if (code.filter(ErrorCode.TOO_MANY_DELETIONS::equals).isPresent()) {
            return forward(
                    "the source lacks more than a quarter of what the target has: is everything mounted there, and did somebody tidy up?",
                    "mount it and retry; when the deletions are meant, raise hubferry.storage.deletion-share of storage-svc, restart it, and retry. What goes is kept in the trash until the clean-up");
        }
        return forward(
                "a step needs you: permissions, room on the target, a hub that is not found, homes in the way",
                hubDown
                        ? "at once: retry, or abort, which gives users their old hub back"
                        : "put it right and retry, or abort");
    }

    private static Advice late(String row) {
        return switch (row) {
            case "approve-cleanup" ->
                forward(
                        "the hub has moved and works; what is left are the lowered time to live and the route between the hosts",
                        "retry: the gate asks again");
            case "restore-ttl", "close-route" ->
                forward(
                        "the hub has moved and works; what is left are the lowered time to live and the route between the hosts",
                        "retry; or raise the record's time to live, remove the hubferry line from the source's authorized_keys, and skip");
            default ->
                forward(
                        "users may already be on the target, or it may not be reachable",
                        "make the target hub answer under its name: look at its proxy-public Service, its pods, the ingress controller; then retry");
        };
    }

    private static Advice forward(String meaning, String wayOut) {
        return new Advice(meaning, wayOut, Optional.empty());
    }
}
