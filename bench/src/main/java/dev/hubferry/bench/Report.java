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
    private static final List<String> GROUPS =
            List.of("orchestrator", "participants", "postgres", "kafka", "bench", CpuTimes.OTHERS);
    private static final List<String> STAGES = List.of(Stages.OUT, Stages.WAITS, Stages.RUNS, Stages.BACK);
    private static final String FIGURES = "in flight  sagas/s  steps/s   p50 ms   p99 ms  floor/s floor p99   ratio";
    private static final String CAUSES =
            "in flight  CPU ms   orch. partic. postgr.   kafka   bench  others  commits     WAL    out  waits   runs   back";

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        addTables(lines, results.levels());
        if (!results.isolation().isEmpty()) {
            lines.addAll(
                    List.of("", "the same load alone, and beside migrations that crawl, crash and answer nonsense"));
            addTables(lines, results.isolation());
        }
        lines.addAll(List.of(
                "",
                "floor: a Kafka round trip and a Postgres commit per step, at the same concurrency; ratio: of it",
                "per step: processor time, commits, bytes of WAL; cores busy: orch. to others (what else the machine does)",
                "of an average step, ms: out to the inbox, waits there, runs until its answer is committed, back until that is applied",
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

    private static void addTables(List<String> lines, List<Level> levels) {
        lines.addAll(List.of("", FIGURES));
        levels.forEach(level -> lines.add(figures(level)));
        lines.addAll(List.of("", CAUSES));
        levels.forEach(level -> lines.add(causes(level)));
    }

    private static String figures(Level level) {
        return String.format(
                Locale.ROOT,
                "%9s %8.1f %8.0f %8.0f %8.0f %8.0f %9.0f %7.2f",
                level.name(),
                level.sagasPerSecond(),
                level.stepsPerSecond(),
                level.latency().p50(),
                level.latency().p99(),
                level.floor().perSecond(),
                level.floor().latency().p99(),
                level.ratio());
    }

    private static String causes(Level level) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%9s %7.2f", level.name(), level.cpuMillisPerStep()));
        GROUPS.forEach(group ->
                line.append(String.format(Locale.ROOT, " %7.2f", level.cpu().getOrDefault(group, 0.0))));
        line.append(String.format(
                Locale.ROOT,
                " %8.2f %7.0f",
                level.perStep(DatabaseWork.COMMITS),
                level.perStep(DatabaseWork.WAL_BYTES)));
        STAGES.forEach(stage ->
                line.append(String.format(Locale.ROOT, " %6.0f", level.stages().getOrDefault(stage, 0.0))));
        return line.toString();
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
        json.put("cpuMillisPerStep", level.cpuMillisPerStep());
        json.put("meanMillisByStage", level.stages());
        json.put("database", level.database());
        json.put("floor", level.floor());
        json.put("ratio", level.ratio());
        return json;
    }
}
