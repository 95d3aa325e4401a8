package dev.hubferry.messaging;

import dev.hubferry.contracts.Body;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.WireTypes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The service's handler, for those who do not know its type of commands. */
final class AnyHandler<C extends Command> {
    private static final int LONGEST_KEY = 200;

    private final CommandHandler<C> handler;
    private final Class<C> commandType;

    AnyHandler(CommandHandler<C> handler) {
        this.handler = handler;
        this.commandType = handler.commandType();
    }

    /** The wire names of the commands that this version of the service can execute. */
    Set<String> wireTypes() {
        return WireTypes.all().entrySet().stream()
                .filter(known -> commandType.isAssignableFrom(known.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean takes(Body body) {
        return commandType.isInstance(body);
    }

    /** The handler's key; a digest stands for one that an index or a text column cannot hold. */
    String exclusiveKey(Body command) {
        String key = handler.exclusiveKey(commandType.cast(command));
        return key.length() <= LONGEST_KEY && key.indexOf('\0') < 0 ? key : "sha256:" + sha256(key);
    }

    Reply handle(Body command, Execution execution) throws InterruptedException {
        return handler.handle(commandType.cast(command), execution);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
