package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.plan.Batch;
import dev.hubferry.storage.domain.plan.Chunk;
import dev.hubferry.storage.domain.plan.PlanSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps a plan in files of this service, each path with a NUL behind it, until it can be sent; to be closed, which removes them. */
final class PlanSpool implements PlanSink, AutoCloseable {
    private final Path directory;
    private final PathFile clear;
    private final PathFile make;
    private final PathFile chunks;
    private final PathFile attributes;
    private final List<Long> ends = new ArrayList<>();

    PlanSpool() {
        try {
            this.directory = Files.createTempDirectory("hubferry-plan");
            this.clear = new PathFile(directory.resolve("clear"));
            this.make = new PathFile(directory.resolve("make"));
            this.chunks = new PathFile(directory.resolve("chunks"));
            this.attributes = new PathFile(directory.resolve("attributes"));
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a plan in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

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
            try (InputStream all = chunks.open()) {
                long at = 0;
                for (int number : batch.chunks().stream().sorted().toList()) {
                    all.skipNBytes(start(number) - at);
                    copy(all, end(number) - start(number), out);
                    at = end(number);
                }
            }
            if (withAttributes) {
                attributes.copyTo(out);
            }
        });
    }

    private static void add(FileBundle bundle, String name, PathFile list) {
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

    private static void copy(InputStream from, long bytes, OutputStream to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = bytes; left > 0; ) {
            int n = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("a plan was cut short");
            }
            to.write(buffer, 0, n);
            left -= n;
        }
    }

    @Override
    public void close() {
        List.of(clear, make, chunks, attributes).forEach(PathFile::close);
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the plan in " + directory + " could not be removed", e);
        }
    }

    /** A list of paths that is written and then read. */
    private static final class PathFile {
        private final Path file;
        private final OutputStream out;
        private long size;

        PathFile(Path file) throws IOException {
            this.file = file;
            this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        }

        void add(String path) {
            try {
                byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
                out.write(bytes);
                out.write(0);
                size += bytes.length + 1;
            } catch (IOException e) {
                throw new UncheckedIOException("no room for a plan in " + file.getParent(), e);
            }
        }

        InputStream open() throws IOException {
            out.flush();
            return Files.newInputStream(file);
        }

        void copyTo(OutputStream to) throws IOException {
            try (InputStream all = open()) {
                all.transferTo(to);
            }
        }

        void close() {
            try {
                out.close();
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException("a plan in " + file + " could not be removed", e);
            }
        }
    }
}
