package dev.hubferry.messaging;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler that does what the test says; the exclusive key is the command's zone. */
final class ScriptedHandler implements CommandHandler<DnsCommand> {
    private final Map<MessageId, Script> scripts = new ConcurrentHashMap<>();
    private final List<MessageId> started = new CopyOnWriteArrayList<>();
    private final Script otherwise;

    /** @param otherwise what to do about commands without a script */
    ScriptedHandler(Script otherwise) {
        this.otherwise = otherwise;
    }

    interface Script {
        Reply play(DnsCommand command, Execution execution) throws InterruptedException;
    }

    void when(MessageId command, Script script) {
        scripts.put(command, script);
    }

    /** The commands that were handled, in the order of their start, each run once. */
    List<MessageId> started() {
        return List.copyOf(started);
    }

    @Override
    public Class<DnsCommand> commandType() {
        return DnsCommand.class;
    }

    @Override
    public String exclusiveKey(DnsCommand command) {
        return "zone:" + command.zone();
    }

    @Override
    public Reply handle(DnsCommand command, Execution execution) throws InterruptedException {
        MessageId id = execution.envelope().id();
        started.add(id);
        return scripts.getOrDefault(id, otherwise).play(command, execution);
    }
}
