package dev.hubferry.bench.homes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Says whether a target is equal to the source, whoever made it. */
final class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SharedTools tools;

    Judge(SharedTools tools) {
        this.tools = tools;
    }

    /** @param differences entries by what differs about them; none when the trees are equal */
    record Verdict(Map<String, Long> differences) {
        Verdict {
            differences = Map.copyOf(differences);
        }

        boolean equal() {
            return differences.isEmpty();
        }

        long count() {
            return differences.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Compares attributes and contents of everything. */
    Verdict judge(Path source, Path target) throws InterruptedException {
        return read(tools.compare(source, target));
    }

    static Verdict read(Programs.Ended judged) {
        if (judged.exit() != 0 && judged.exit() != 1) {
            judged.orThrow();
        }
        try {
            JsonNode kinds = JSON.readTree(judged.output());
            Map<String, Long> differences = new TreeMap<>();
            kinds.properties()
                    .forEach(kind ->
                            differences.put(kind.getKey(), kind.getValue().asLong()));
            boolean equal = differences.remove("EQUAL") != null;
            if (equal != (judged.exit() == 0) || equal != differences.isEmpty()) {
                throw new IllegalStateException("the judge contradicts itself: " + judged);
            }
            return new Verdict(differences);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the judge gave no verdict: " + judged, e);
        }
    }
}
