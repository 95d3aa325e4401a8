package dev.hubferry.storage.adapter.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Several files as one stream: for each a line "NAME SIZE" and then its bytes; see prepare-pass.sh. */
final class FileBundle {
    private final List<Part> parts = new ArrayList<>();
    private long size;

    /** Writes what a file holds. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private record Part(byte[] header, Content content) {}

    /** @param length of the content in bytes, which must be true */
    void add(String name, long length, Content content) {
        byte[] header = (name + " " + length + "\n").getBytes(StandardCharsets.UTF_8);
        parts.add(new Part(header, content));
        size += header.length + length;
    }

    void add(String name, byte[] content) {
        add(name, content.length, out -> out.write(content));
    }

    void add(String name, String content) {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the whole stream, in bytes. */
    long size() {
        return size;
    }

    void writeTo(OutputStream out) throws IOException {
        for (Part part : parts) {
            out.write(part.header());
            part.content().writeTo(out);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try {
            writeTo(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of a bundle could not be read", e);
        }
        return stream.toByteArray();
    }
}
