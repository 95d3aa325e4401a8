package dev.hubferry.bench.homes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The figures for programs. */
final class HomesJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final HomesResults results;

    HomesJson(HomesResults results) {
        this.results = results;
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(file.toFile(), json());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    ObjectNode json() {
        HomesPlan plan = results.plan();
        ObjectNode json = JSON.createObjectNode();
        json.putObject("tree")
                .put("name", plan.tree().name())
                .put("users", plan.tree().users())
                .put("entries", results.size().entries())
                .put("bytes", results.size().bytes());
        json.put("link", name(plan.link()));
        json.put("standing", name(plan.standing()));
        json.put("rounds", plan.rounds());
        json.put("seed", plan.seed());
        json.set("settings", JSON.valueToTree(plan.settings()));
        json.set("machine", JSON.valueToTree(results.machine()));
        ArrayNode figures = json.putArray("figures");
        for (Case what : Case.values()) {
            for (Method method : plan.methods()) {
                results.seconds(method, what).ifPresent(seconds -> add(figures.addObject(), method, what, seconds));
            }
        }
        ArrayNode goals = json.putArray("goals");
        Goals.of(results).forEach(goal -> {
            ObjectNode node = goals.addObject().put("goal", goal.text()).put("reached", goal.reached());
            goal.measured().ifPresent(times -> node.put("measured", times));
        });
        ObjectNode leftOut = json.putObject("leftOut");
        results.leftOut().forEach((method, why) -> leftOut.put(name(method), why));
        ArrayNode failures = json.putArray("failures");
        results.failures()
                .forEach(failure -> failures.addObject()
                        .put("method", name(failure.method()))
                        .put("case", failure.what())
                        .put("round", failure.round())
                        .put("said", failure.said()));
        return json;
    }

    private void add(ObjectNode figure, Method method, Case what, Spread seconds) {
        figure.put("case", name(what)).put("method", name(method));
        figure.set("seconds", JSON.valueToTree(seconds));
        results.ratio(method, what).ifPresent(ratio -> figure.put("ratio", ratio));
        figure.put("equal", results.differences(method, what) == 0);
        figure.set("parts", JSON.valueToTree(results.parts(method, what)));
        ArrayNode runs = figure.putArray("runs");
        results.of(method, what).forEach(run -> {
            ObjectNode node = runs.addObject()
                    .put("round", run.round())
                    .put("seconds", run.timing().seconds());
            run.wireBytes().ifPresent(bytes -> node.put("wireBytes", bytes));
            node.set("differences", JSON.valueToTree(run.verdict().differences()));
        });
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
