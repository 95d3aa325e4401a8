package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the part of YAML that says what JSON can say, and what every version of YAML understands in the same way: one document, no tags,
 * anchors or aliases, keys that are text and come once. It is made of the parser's events: a mapper on top of them would have forgotten
 * by then which words were in quotes.
 */
final class YamlBody {
    private static final int DEEPEST = 50;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Parser events;

    private YamlBody(Parser events) {
        this.events = events;
    }

    /** @throws ProblemException 400 saying in which line and column it is not what can be read */
    static JsonNode parse(byte[] body) {
        String text = text(body);
        try {
            return new YamlBody(new ParserImpl(new StreamReader(text), new LoaderOptions())).document();
        } catch (MarkedYAMLException e) {
            throw wrong(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (ReaderException e) {
            throw wrong(text, e);
        } catch (YAMLException e) {
            throw new ProblemException(Problems.malformedYaml(String.valueOf(e.getMessage())));
        }
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problems.malformedYaml("the body is not UTF-8"));
        }
    }

    private JsonNode document() {
        Event event = next();
        while (event.is(Event.ID.StreamStart)) {
            event = next();
        }
        if (event.is(Event.ID.StreamEnd)) {
            throw new ProblemException(Problems.malformedYaml("the body is empty"));
        }
        JsonNode read = node(next(), 0);
        var unused = next();
        Event after = next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw wrong(after.getStartMark(), "a second document begins here");
        }
        return read;
    }

    private JsonNode node(Event event, int depth) {
        requirePlainNode(event);
        if (depth > DEEPEST) {
            throw wrong(event.getStartMark(), "is nested deeper than " + DEEPEST + " levels");
        }
        return switch (event) {
            case ScalarEvent scalar -> value(scalar);
            case SequenceStartEvent _ -> sequence(depth);
            case MappingStartEvent _ -> mapping(depth);
            default -> throw new IllegalStateException("no node begins with " + event);
        };
    }

    private static void requirePlainNode(Event event) {
        if (event.is(Event.ID.Alias)) {
            throw wrong(event.getStartMark(), "an alias (*) is not read: write out what it stands for");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw wrong(event.getStartMark(), "an anchor (&) is not read: leave it out");
        }
        if (tag(event) != null) {
            throw wrong(event.getStartMark(), "a tag (!) is not read: leave it out, and write text in quotes");
        }
    }

    private static @Nullable String tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case SequenceStartEvent sequence -> sequence.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            default -> null;
        };
    }

    private JsonNode sequence(int depth) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (Event event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            values.add(node(event, depth + 1));
        }
        return values;
    }

    private JsonNode mapping(int depth) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (Event event = next(); !event.is(Event.ID.MappingEnd); event = next()) {
            String key = key(event);
            if (fields.has(key)) {
                throw wrong(event.getStartMark(), "the key '" + key + "' comes a second time");
            }
            fields.set(key, node(next(), depth + 1));
        }
        return fields;
    }

    private static String key(Event event) {
        requirePlainNode(event);
        if (!(event instanceof ScalarEvent scalar) || !value(scalar).isTextual()) {
            throw wrong(event.getStartMark(), "a key is not text: write it in quotes");
        }
        return scalar.getValue();
    }

    private static JsonNode value(ScalarEvent scalar) {
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return TextNode.valueOf(scalar.getValue());
        }
        Optional<JsonNode> read = YamlWords.read(scalar.getValue());
        return read.orElseThrow(() -> wrong(
                scalar.getStartMark(),
                "'%s' is read in different ways by different versions of YAML: write it in quotes when it is text, true or false when it is one of these, and a number in decimal digits"
                        .formatted(scalar.getValue())));
    }

    private Event next() {
        return events.getEvent();
    }

    private static ProblemException wrong(@Nullable Mark mark, String what) {
        return new ProblemException(
                Problems.malformedYaml(mark == null ? what : at(mark.getLine(), mark.getColumn(), what)));
    }

    private static ProblemException wrong(String text, ReaderException e) {
        String before = text.substring(
                0, text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length()))));
        int line = (int) before.chars().filter(character -> character == '\n').count();
        int column = before.length() - (before.lastIndexOf('\n') + 1);
        return new ProblemException(Problems.malformedYaml(
                at(line, column, "the character U+%04X is not allowed".formatted(e.getCodePoint()))));
    }

    /** @param line from 0, as {@code column} */
    private static String at(int line, int column, String what) {
        return "line %d, column %d: %s".formatted(line + 1, column + 1, what);
    }
}
