package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.plan.Batch;
import dev.hubferry.storage.domain.plan.Chunk;
import dev.hubferry.storage.domain.plan.PlanSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a plan in files of this service, each path with a NUL behind it, until it can be sent; to be closed. The files have no names, so
 * they are gone with the process, too.
 */
final class PlanSpool implements PlanSink, AutoCloseable {
    private final PathList clear = new PathList();
    private final PathList make = new PathList();
    private final PathList chunks = new PathList();
    private final PathList attributes = new PathList();
    private final List<Long> ends = new ArrayList<>();
    private final HomeShares.Builder shares = new HomeShares.Builder();

    @Override
    public void clear(String path) {
        clear.add(path);
    }

    @Override
    public void make(String path) {
        make.add(path);
    }

    @Override
    public void chunk(Chunk chunk) {
        if (chunk.number() != ends.size()) {
            throw new IllegalArgumentException(
                    "chunks come in their order, but " + chunk.number() + " is not the next");
        }
        chunk.paths().forEach(chunks::add);
        shares.chunk(chunk.homes(), chunk.weight());
        ends.add(chunks.size);
    }

    @Override
    public void attributes(String path) {
        attributes.add(path);
    }

    boolean isEmpty() {
        return clear.size + make.size + chunks.size + attributes.size == 0;
    }

    boolean hasAttributes() {
        return attributes.size > 0;
    }

    /** Which part of the batches is whose. */
    HomeShares.Builder shares() {
        return shares;
    }

    /** Adds what has to be done before and after the batches; empty lists are left out. */
    void addLists(FileBundle bundle, boolean withAttributes) {
        add(bundle, "clear", clear);
        add(bundle, "make", make);
        if (withAttributes) {
            add(bundle, "attributes", attributes);
        }
    }

    /** Adds the list of a batch, perhaps with the directories whose attributes are to be set. */
    void addBatch(FileBundle bundle, String name, Batch batch, boolean withAttributes) {
        long length = batch.chunks().stream()
                        .mapToLong(number -> end(number) - start(number))
                        .sum()
                + (withAttributes ? attributes.size : 0);
        bundle.add(name, length, out -> {
            for (int number : batch.chunks()) {
                chunks.copyTo(out, start(number), end(number));
            }
            if (withAttributes) {
                attributes.copyTo(out);
            }
        });
    }

    private static void add(FileBundle bundle, String name, PathList list) {
        if (list.size > 0) {
            bundle.add(name, list.size, list::copyTo);
        }
    }

    private long start(int chunk) {
        return chunk == 0 ? 0 : end(chunk - 1);
    }

    private long end(int chunk) {
        return ends.get(chunk);
    }

    @Override
    public void close() {
        List.of(clear, make, chunks, attributes).forEach(PathList::close);
    }

    /** A list of paths that is written and then read. */
    private static final class PathList {
        private static final int BUFFER = 1 << 16;

        private final FileChannel file;
        private final OutputStream out;
        private long size;

        PathList() {
            try {
                Path path = Files.createTempFile("hubferry-plan", null);
                this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Files.delete(path);
            } catch (IOException e) {
                throw noRoom(e);
            }
            this.out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
        }

        void add(String path) {
            try {
                byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
                out.write(bytes);
                out.write(0);
                size += bytes.length + 1;
            } catch (IOException e) {
                throw noRoom(e);
            }
        }

        void copyTo(OutputStream to) throws IOException {
            copyTo(to, 0, size);
        }

        void copyTo(OutputStream to, long from, long until) throws IOException {
            out.flush();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (long at = from; at < until; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, until - at));
                int n = file.read(buffer, at);
                if (n < 0) {
                    throw new IOException("a plan was cut short");
                }
                buffer.flip();
                to.write(buffer.array(), 0, n);
            }
        }

        void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a plan could not be put away", e);
            }
        }

        private static UncheckedIOException noRoom(IOException e) {
            return new UncheckedIOException("no room for a plan in " + System.getProperty("java.io.tmpdir"), e);
        }
    }
}
