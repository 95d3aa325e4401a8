package dev.hubferry.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Writes the programs a host has of its own: an ssh client that leaves from the host's address. */
final class SshHostFiles {
    private SshHostFiles() {}

    static void write(Path directory, String address) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        // A real host's connections carry its own address; on loopback all hosts would share 127.0.0.1.
        for (String program : List.of("ssh", "scp", "sftp")) {
            Path real = Path.of("/usr/bin", program);
            String bind = program.equals("ssh") ? "-b " + address : "-o BindAddress=" + address;
            Path wrapper = bin.resolve(program);
            Files.writeString(wrapper, "#!/bin/sh\nexec " + real + " " + bind + " \"$@\"\n");
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
