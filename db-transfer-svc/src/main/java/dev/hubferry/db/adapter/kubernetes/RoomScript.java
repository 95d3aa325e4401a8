package dev.hubferry.db.adapter.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.adapter.kubernetes.RoomCommands.Input;
import dev.hubferry.db.adapter.kubernetes.RoomCommands.Outcome;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.Task;
import dev.hubferry.db.domain.UnreadableDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Has {@code room.py} done in the pod.
 *
 * <p>The script travels on stdin, ahead of its data: a command line travels in a URL, which is short and gets logged. Its answer is one
 * line; one that did not arrive whole is asked for again, for every operation may be repeated.
 */
final class RoomScript {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] SCRIPT = load();
    private static final String START =
            "import sys;exec(compile(sys.stdin.buffer.read(int(sys.argv[1])),'room','exec'))";

    private final RoomCommands exec;
    private final HubRef hub;
    private final Task task;
    private final int attempts;

    RoomScript(RoomCommands exec, HubRef hub, Task task, int attempts) {
        this.exec = exec;
        this.hub = hub;
        this.task = task;
        this.attempts = attempts;
    }

    /** As {@link #ask(String, ObjectNode, Input)} for an operation without data. */
    JsonNode ask(String operation, ObjectNode arguments) throws InterruptedException {
        return ask(operation, arguments, stdin -> {});
    }

    /**
     * Runs an operation, again when its answer or its data got lost.
     *
     * @return the answer
     * @throws Refusal for what the operation refuses
     */
    JsonNode ask(String operation, ObjectNode arguments, Input data) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            task.ensureHeld();
            try {
                return once(operation, arguments, data);
            } catch (Refusal refusal) {
                if (attempt >= attempts || refusal.rejected().code().category() != ErrorCategory.TRANSIENT) {
                    throw refusal;
                }
            }
        }
    }

    private JsonNode once(String operation, ObjectNode arguments, Input data) throws InterruptedException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        List<String> command =
                List.of("python3", "-I", "-c", START, Integer.toString(SCRIPT.length), operation, arguments.toString());
        Outcome outcome = exec.run(
                command,
                stdin -> {
                    stdin.write(SCRIPT);
                    data.writeTo(stdin);
                },
                stdout);
        JsonNode answer =
                parsed(stdout.toString(StandardCharsets.UTF_8)).orElseThrow(() -> unanswered(operation, outcome));
        if (answer.path("ok").asBoolean()) {
            return answer;
        }
        throw refused(answer.path("code").asText(), answer.path("detail").asText());
    }

    /** Empty unless the whole line arrived. */
    private static Optional<JsonNode> parsed(String stdout) {
        if (!stdout.endsWith("}\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(stdout)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Refusal unanswered(String operation, Outcome outcome) {
        boolean noPython = outcome.exitCode() == 126
                || outcome.exitCode() == 127
                || outcome.errors().contains("executable file not found");
        if (noPython) {
            return Refusal.of(
                    ErrorCode.TOOL_MISSING,
                    HubProfile.where(hub),
                    "the hub's image has no python3: " + outcome.errors().strip(),
                    "use a hub image that can run JupyterHub");
        }
        return Refusal.of(
                ErrorCode.TRANSFER_CORRUPT,
                HubProfile.where(hub),
                "the answer to '" + operation + "' did not arrive whole (exit code " + outcome.exitCode() + ") "
                        + outcome.errors().strip(),
                "see whether the connection to the cluster's API server is sound");
    }

    private RuntimeException refused(String code, String detail) {
        String where = HubProfile.where(hub);
        return switch (code) {
            case "corrupt" -> new UnreadableDatabase(hub, detail);
            case "absent" ->
                Refusal.of(ErrorCode.DATABASE_NOT_FOUND, where, detail, "check that the hub has started once");
            case "truncated" ->
                Refusal.of(
                        ErrorCode.TRANSFER_CORRUPT,
                        where,
                        detail,
                        "see whether the connection to the cluster is sound");
            case "busy", "changed" ->
                Refusal.of(ErrorCode.DATABASE_IN_USE, where, detail, "find out what writes to the database");
            case "full" ->
                Refusal.of(ErrorCode.TARGET_FULL, where, detail, "enlarge the hub's volume, or the node's disk");
            case "unkept" ->
                Refusal.of(
                        ErrorCode.DATABASE_NOT_FOUND,
                        where,
                        detail,
                        "find out who touched the hub's volume; nothing was changed, and what is kept stays there");
            case "denied", "owner", "odd" ->
                Refusal.of(
                        ErrorCode.NOT_PRIVILEGED,
                        where,
                        detail,
                        "give the hub's volume to the hub's user, as the chart does");
            default -> Refusal.of(ErrorCode.UNEXPECTED, where, code + ": " + detail, "see the volume's health");
        };
    }

    private static byte[] load() {
        try (InputStream in = RoomScript.class.getResourceAsStream("room.py")) {
            if (in == null) {
                throw new IllegalStateException("room.py is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
