package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.TreeEntry;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Joins the two sorted outputs of tree.sh and attributes.sh to entries. */
final class SshEntryStream implements EntryStream, AutoCloseable {
    private final RemoteShell shell;
    private final RemoteProcess tree;
    private final RemoteProcess attributes;
    private final NulRecords records;
    private final AttributeRecords values;
    private Optional<String> ahead;

    private SshEntryStream(RemoteShell shell, RemoteProcess tree, RemoteProcess attributes) {
        this.shell = shell;
        this.tree = tree;
        this.attributes = attributes;
        this.records = new NulRecords(tree.stdout());
        this.values = new AttributeRecords(attributes.stdout());
        this.ahead = Optional.empty();
    }

    /** @param commands tree.sh, attributes.sh */
    static SshEntryStream open(RemoteShell shell, List<HostCommand> commands) throws InterruptedException {
        RemoteProcess tree = shell.start(commands.getFirst());
        boolean complete = false;
        try {
            RemoteProcess attributes = shell.start(commands.getLast());
            complete = true;
            return new SshEntryStream(shell, tree, attributes);
        } finally {
            if (!complete) {
                tree.close();
            }
        }
    }

    @Override
    public Optional<TreeEntry> next() throws InterruptedException {
        try {
            Optional<String> first = ahead.isPresent() ? ahead : records.next();
            ahead = Optional.empty();
            if (first.isEmpty()) {
                finish();
                return Optional.empty();
            }
            String path = pathOf(first.get());
            EntryBuilder entry = new EntryBuilder(path);
            Optional<String> record = first;
            while (record.isPresent() && pathOf(record.get()).equals(path)) {
                entry.add(record.get().substring(path.length() + 2));
                record = records.next();
            }
            ahead = record;
            return Optional.of(entry.build(values.of(path)));
        } catch (IOException e) {
            throw tree.lost(e);
        }
    }

    @Override
    public void close() {
        tree.close();
        attributes.close();
    }

    private void finish() throws InterruptedException, IOException {
        values.expectEnd();
        require(tree.await(new byte[0]));
        require(attributes.await(new byte[0]));
    }

    private void require(HostResult result) {
        if (result.exit() != 0) {
            throw Refusal.of(
                    ErrorCode.SOURCE_UNREADABLE,
                    "%s on %s could not read everything: %s"
                            .formatted(
                                    result.command(),
                                    shell.label(),
                                    result.errors().strip()));
        }
    }

    private static String pathOf(String record) {
        return record.substring(0, record.indexOf("//"));
    }
}
