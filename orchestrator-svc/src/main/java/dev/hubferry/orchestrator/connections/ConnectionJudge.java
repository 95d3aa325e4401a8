package dev.hubferry.orchestrator.connections;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.connections.ConnectionBoard.Heard;
import dev.hubferry.orchestrator.connections.Overview.Line;
import dev.hubferry.orchestrator.connections.Overview.Mismatch;
import dev.hubferry.orchestrator.connections.Overview.State;
import dev.hubferry.orchestrator.connections.Overview.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes an overview of what is configured here and what participants have said: a function. */
public final class ConnectionJudge {
    private final Map<ConnectionKind, Set<String>> configured;

    /** @param configured the names that specs may use */
    public ConnectionJudge(Map<ConnectionKind, Set<String>> configured) {
        this.configured = Map.copyOf(configured);
    }

    public Overview overview(List<Heard> heard, Instant now) {
        Map<Participant, ServiceWord> services = new EnumMap<>(Participant.class);
        for (Participant service : Participant.values()) {
            services.put(service, new ServiceWord(service, heard, now));
        }
        List<Line> lines = new ArrayList<>();
        List<Mismatch> mismatches = new ArrayList<>();
        for (ConnectionKind kind : ConnectionKind.values()) {
            Set<String> ours = configured.getOrDefault(kind, Set.of());
            List<ServiceWord> users = Users.of(kind).stream().map(services::get).toList();
            List<ServiceWord> knowing =
                    Users.knowing(kind).stream().map(services::get).toList();
            for (String name : names(kind, ours, knowing)) {
                lines.add(line(kind, name, ours.contains(name), users));
                knowing.forEach(service ->
                        service.mismatch(kind, name, ours.contains(name)).ifPresent(mismatches::add));
            }
        }
        return new Overview(lines, mismatches);
    }

    private static Set<String> names(ConnectionKind kind, Set<String> ours, List<ServiceWord> knowing) {
        Set<String> names = new TreeSet<>(ours);
        knowing.forEach(service -> names.addAll(service.names(kind)));
        return names;
    }

    private static Line line(ConnectionKind kind, String name, boolean usable, List<ServiceWord> users) {
        List<Word> words = users.stream().map(user -> user.of(kind, name)).toList();
        return new Line(kind, name, worst(words), usable, words);
    }

    private static State worst(List<Word> words) {
        if (words.stream().anyMatch(word -> word.state() == State.FAILS)) {
            return State.FAILS;
        }
        return words.stream().allMatch(word -> word.state() == State.ANSWERS) ? State.ANSWERS : State.UNKNOWN;
    }
}
