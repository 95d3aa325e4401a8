package dev.hubferry.orchestrator.page.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.orchestrator.api.Body;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.spec.SpecError;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A spec as somebody pastes it, in YAML or JSON. */
public record SpecText(String text) {
    /** @throws ProblemException 400 with the line and column where it stops being one of both */
    public JsonNode parse() {
        boolean json = text.strip().startsWith("{");
        return new Body(text.getBytes(UTF_8), json ? Body.Format.JSON : Body.Format.YAML).parse();
    }

    /** An error with its place, such as {@code line 3, column 5}; empty when nobody knows. */
    public record Placed(String at, SpecError error) {}

    public List<Placed> place(List<SpecError> errors) {
        Optional<Node> root = compose();
        return errors.stream()
                .map(error ->
                        new Placed(root.map(node -> at(node, error.pointer())).orElse(""), error))
                .toList();
    }

    /** JSON is YAML as far as marks go. */
    private Optional<Node> compose() {
        try {
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    /** Of what is missing, the object that lacks it. */
    private static String at(Node root, String pointer) {
        Mark mark = root.getStartMark();
        Node node = root;
        for (String part : List.of(pointer.substring(1).split("/", -1))) {
            String name = part.replace("~1", "/").replace("~0", "~");
            Optional<NodeTuple> entry = entry(node, name);
            Optional<Node> next = entry.isPresent() ? entry.map(NodeTuple::getValueNode) : element(node, name);
            if (next.isEmpty()) {
                continue;
            }
            node = next.get();
            mark = entry.map(found -> found.getKeyNode().getStartMark()).orElse(node.getStartMark());
        }
        return "line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Optional<Node> element(Node node, String index) {
        return node instanceof SequenceNode list
                        && index.matches("\\d{1,4}")
                        && Integer.parseInt(index) < list.getValue().size()
                ? Optional.of(list.getValue().get(Integer.parseInt(index)))
                : Optional.empty();
    }

    private static Optional<NodeTuple> entry(Node node, String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .findFirst()
                : Optional.empty();
    }
}
