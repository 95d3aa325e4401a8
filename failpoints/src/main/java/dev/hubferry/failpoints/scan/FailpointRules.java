package dev.hubferry.failpoints.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says where a failpoint is missing.
 *
 * <p>A method that calls one of the {@link Primitives}, in a lambda too, is one of these: a failpoint; private, and all that call it are
 * one of these; or on the module's list of those that change nothing, each with its reason.
 */
public final class FailpointRules {
    private final ModuleScan scan;
    private final Map<String, String> exempt;

    private FailpointRules(ModuleScan scan, Map<String, String> exempt) {
        this.scan = scan;
        this.exempt = exempt;
    }

    /**
     * @param classes folder of a module's class files
     * @param exemptions text with a line {@code Class#method reason} for each method that changes nothing; # begins a comment
     */
    public static FailpointRules of(Path classes, Path exemptions) throws IOException {
        Map<String, String> exempt = new HashMap<>();
        for (String line : Files.readAllLines(exemptions)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split(" +", 2);
                if (words.length < 2) {
                    throw new IllegalArgumentException("no reason is given: " + line);
                }
                exempt.put(words[0], words[1]);
            }
        }
        return new FailpointRules(ModuleScan.of(classes), exempt);
    }

    /** The names of a module's failpoints. */
    public static SortedSet<String> points(Path classes) throws IOException {
        ModuleScan scan = ModuleScan.of(classes);
        SortedSet<String> points = new TreeSet<>();
        scan.methods().forEach(method -> scan.point(method).ifPresent(points::add));
        return points;
    }

    /** What is wrong, in words; empty when every place is a failpoint, and has a name of its own. */
    public List<String> complaints() {
        SortedSet<String> complaints = new TreeSet<>();
        Set<MethodId> asked = new HashSet<>();
        for (MethodId method : scan.methods()) {
            boolean writes = scan.calls(method).stream().anyMatch(Primitives::isOne);
            if (writes && !isCovered(method, asked)) {
                complaints.add(method.label() + " writes or sends and is no failpoint");
            }
        }
        Set<String> needed = asked.stream().map(MethodId::label).collect(Collectors.toSet());
        exempt.keySet().stream()
                .filter(label -> !needed.contains(label))
                .forEach(label -> complaints.add(label + " is exempt, but neither writes nor sends"));
        complaints.addAll(repeatedNames());
        return List.copyOf(complaints);
    }

    private List<String> repeatedNames() {
        List<String> repeated = new ArrayList<>();
        Map<String, MethodId> byName = new HashMap<>();
        for (MethodId method : scan.methods()) {
            scan.point(method)
                    .flatMap(name -> Optional.ofNullable(byName.put(name, method)))
                    .ifPresent(other -> repeated.add(method.label() + " and " + other.label() + " are one failpoint"));
        }
        return repeated;
    }

    /** @param asked is told whom the answer depends on; a private method's callers are looked at before the method is found wanting */
    private boolean isCovered(MethodId method, Set<MethodId> asked) {
        asked.add(method);
        if (scan.point(method).isPresent() || exempt.containsKey(method.label())) {
            return true;
        }
        Set<MethodId> callers = scan.isPrivate(method) ? scan.callers(method) : Set.of();
        return !callers.isEmpty() && callers.stream().allMatch(caller -> isCovered(caller, asked));
    }
}
