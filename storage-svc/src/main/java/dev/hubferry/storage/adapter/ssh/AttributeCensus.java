package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.manifest.Exclusions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Finds out which kinds of extended attributes there are in what is moved of the source's homes. */
final class AttributeCensus {
    static final String ATTRIBUTES = "attributes";
    static final String ACLS = "acls";
    /** Of users or groups other than the file's own. */
    static final String NAMED_ACLS = "named-acls";

    private static final String FILE = "# file: ";

    private AttributeCensus() {}

    /** @throws Refusal SOURCE_UNREADABLE when the source could not be read to its end */
    static Set<String> kinds(RemoteShell shell, HomesRef source, Exclusions exclusions, Duration deadline)
            throws InterruptedException {
        HostCommand command =
                HostCommand.script("uses-attributes", source.path()).within(deadline);
        try (RemoteProcess process = shell.start(command)) {
            Set<String> kinds = read(process, exclusions.sieve());
            HostResult result = process.await(new byte[0]);
            if (result.exit() != 0) {
                throw Refusal.of(ErrorCode.SOURCE_UNREADABLE, result.describe(shell.label()));
            }
            return kinds;
        }
    }

    private static Set<String> read(RemoteProcess process, Exclusions.Sieve sieve) throws InterruptedException {
        Set<String> kinds = new HashSet<>();
        try {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.ISO_8859_1));
            boolean excluded = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(FILE)) {
                    excluded = sieve.holds(AttributeRecords.unescape(line.substring(FILE.length())));
                } else if (!excluded) {
                    kinds.add(line);
                }
            }
        } catch (IOException e) {
            throw process.lost(e);
        }
        return kinds;
    }
}
