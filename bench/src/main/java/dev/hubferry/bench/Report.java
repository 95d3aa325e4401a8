package dev.hubferry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hubferry.bench.Results.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as a table for people and as JSON for programs. */
final class Report {
    private static final List<String> GROUPS = List.of("orchestrator", "participants", "postgres", "kafka", "bench");
    private static final String LEVELS = "%9s %8s %9s %8s %8s %9s %9s %7s %8s %8s %8s %8s %8s %8s %9s";
    private static final String HEAD = LEVELS.formatted(
            "in flight",
            "sagas/s",
            "steps/s",
            "p50 ms",
            "p99 ms",
            "floor/s",
            "floor p99",
            "ratio",
            "orch.",
            "partic.",
            "postgres",
            "kafka",
            "bench",
            "commits",
            "WAL bytes");

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("", HEAD));
        results.levels().forEach(level -> lines.add(line(level)));
        if (!results.isolation().isEmpty()) {
            lines.addAll(List.of(
                    "", "the same load alone, and beside migrations that crawl, crash and answer nonsense", HEAD));
            results.isolation().forEach(level -> lines.add(line(level)));
        }
        lines.addAll(List.of(
                "",
                "floor: a Kafka round trip and a Postgres commit per step, at the same concurrency; ratio: of it",
                "cores busy: orch. to bench; per step: commits and WAL bytes",
                results.machine().toString()));
        results.failures().forEach(failure -> lines.add("FAILED: " + failure));
        return lines;
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String line(Level level) {
        Map<String, Double> cpu = level.cpu();
        return String.format(
                Locale.ROOT,
                "%9s %8.1f %9.0f %8.0f %8.0f %9.0f %9.0f %7.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %9.0f",
                level.name(),
                level.sagasPerSecond(),
                level.stepsPerSecond(),
                level.latency().p50(),
                level.latency().p99(),
                level.floor().perSecond(),
                level.floor().latency().p99(),
                level.ratio(),
                cpu.getOrDefault(GROUPS.get(0), 0.0),
                cpu.getOrDefault(GROUPS.get(1), 0.0),
                cpu.getOrDefault(GROUPS.get(2), 0.0),
                cpu.getOrDefault(GROUPS.get(3), 0.0),
                cpu.getOrDefault(GROUPS.get(4), 0.0),
                level.perStep(DatabaseWork.COMMITS),
                level.perStep(DatabaseWork.WAL_BYTES));
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", results.machine());
        json.put("levels", results.levels().stream().map(Report::json).toList());
        json.put("isolation", results.isolation().stream().map(Report::json).toList());
        json.put("failures", results.failures());
        return json;
    }

    private static Map<String, Object> json(Level level) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", level.name());
        json.put("inFlight", level.inFlight());
        json.put("sagas", level.sagas());
        json.put("steps", level.steps());
        json.put("seconds", level.seconds());
        json.put("sagasPerSecond", level.sagasPerSecond());
        json.put("stepsPerSecond", level.stepsPerSecond());
        json.put("stepMillis", level.latency());
        json.put("coresBusy", level.cpu());
        json.put("database", level.database());
        json.put("floor", level.floor());
        json.put("ratio", level.ratio());
        return json;
    }
}
