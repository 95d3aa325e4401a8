package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import java.util.ArrayList;
import java.util.List;

/** Counts what differs between two trees, and names the first of it. */
public final class Differences {
    private static final int NAMED = 20;

    private final List<String> named = new ArrayList<>();
    private long count;

    public void add(String path, String how) {
        count++;
        if (named.size() < NAMED) {
            named.add(PathText.show(path) + ": " + how);
        }
    }

    /** How many entries differ. */
    public long count() {
        return count;
    }

    /** The first of them, each with what is different. */
    public List<String> named() {
        return List.copyOf(named);
    }

    /** @throws Refusal TREES_DIFFER unless there are none */
    public void refuse() {
        if (count > 0) {
            throw new Refusal(new Rejected(
                    ErrorCode.TREES_DIFFER,
                    count + " entries differ: " + String.join("; ", named),
                    named.stream().map(Differences::problem).toList()));
        }
    }

    private static Problem problem(String difference) {
        return new Problem(
                ErrorCode.TREES_DIFFER,
                "homes",
                difference,
                "find out who wrote there; nothing but Hubferry may write to the homes on the target before it is opened");
    }
}
