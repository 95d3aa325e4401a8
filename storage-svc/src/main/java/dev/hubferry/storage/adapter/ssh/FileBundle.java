package dev.hubferry.storage.adapter.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Several files as one stream: for each a line "NAME SIZE" and then its bytes; see prepare-pass.sh. */
final class FileBundle {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    void add(String name, byte[] content) {
        stream.writeBytes((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        stream.writeBytes(content);
    }

    void add(String name, String content) {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return stream.toByteArray();
    }
}
