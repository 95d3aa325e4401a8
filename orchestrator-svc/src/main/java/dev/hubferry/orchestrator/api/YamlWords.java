package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a word of YAML without quotes means, when YAML 1.1 and 1.2 agree about that. */
final class YamlWords {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
    private static final Pattern BROKEN = Pattern.compile("-?(0|[1-9][0-9]{0,99})\\.[0-9]{1,100}");

    /** True and false by 1.1, text by 1.2. */
    private static final Set<String> ANSWERS = Set.of("y", "n", "yes", "no", "on", "off");

    /** Numbers by at least one of both: with underscores, signs, other bases, exponents, too many digits, and sixties (12:30). */
    private static final Pattern NUMBER_LIKE = Pattern.compile(
            "[-+]?(0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?"
                    + "|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

    /** A merge, and a default value, by 1.1. */
    private static final Set<String> SIGNS = Set.of("<<", "=");

    private YamlWords() {}

    /** Empty when the versions do not agree. */
    static Optional<JsonNode> read(String word) {
        if (NOTHING.contains(word)) {
            return Optional.of(NullNode.getInstance());
        }
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return Optional.of(BooleanNode.valueOf(TRUE.contains(word)));
        }
        if (WHOLE.matcher(word).matches()) {
            return Optional.of(whole(new BigInteger(word)));
        }
        if (BROKEN.matcher(word).matches()) {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(word)));
        }
        boolean disputed = ANSWERS.contains(word.toLowerCase(Locale.ROOT))
                || SIGNS.contains(word)
                || NUMBER_LIKE.matcher(word).matches();
        return disputed ? Optional.empty() : Optional.of(TextNode.valueOf(word));
    }

    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(number.intValueExact());
        }
        return number.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(number.longValueExact())
                : JsonNodeFactory.instance.numberNode(number);
    }
}
