package dev.hubferry.storage.adapter.ssh;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What status.sh says of a pass.
 *
 * @param state {@code running}, {@code dead} or {@code ended CODE STARTED ENDED}
 * @param done what the outputs of each batch say, by the name of its directory; that of the attributes is empty
 * @param ended batches that have an exit code
 */
record PassStatus(String state, Map<String, RsyncProgress> done, Set<String> ended) {
    PassStatus {
        done = Map.copyOf(done);
        ended = Set.copyOf(ended);
    }

    static PassStatus parse(String text) {
        Map<String, StringBuilder> outputs = new TreeMap<>();
        Set<String> ended = new HashSet<>();
        String state = "";
        StringBuilder output = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (state.isEmpty()) {
                state = line;
            } else if (line.startsWith("end ")) {
                ended.add(line.substring("end ".length()));
            } else {
                if (line.startsWith("out ")) {
                    output = outputs.computeIfAbsent(batch(line), _ -> new StringBuilder());
                }
                output.append(line).append('\n');
            }
        }
        Map<String, RsyncProgress> done = new HashMap<>();
        outputs.forEach((batch, lines) -> done.put(batch, RsyncProgress.parse(lines.toString())));
        return new PassStatus(state, done, ended);
    }

    /** Of {@code out batch-00001/rsync.0.out}. */
    private static String batch(String line) {
        int slash = line.indexOf('/');
        return slash < 0 ? "" : line.substring("out ".length(), slash);
    }

    RsyncProgress sums() {
        return done.values().stream().reduce(RsyncProgress.NONE, RsyncProgress::plus);
    }
}
