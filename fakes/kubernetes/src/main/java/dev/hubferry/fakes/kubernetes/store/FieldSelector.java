package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field selector over the few fields that the API server indexes for a kind. */
public final class FieldSelector {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Set<String> OF_EVERY_KIND = Set.of("metadata.name", "metadata.namespace");
    private static final Map<ResourceType, Set<String>> OF_KIND = Map.of(
            ResourceTypes.PODS,
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP"),
            ResourceTypes.NAMESPACES,
            Set.of("status.phase"),
            ResourceTypes.SECRETS,
            Set.of("type"),
            ResourceTypes.SERVICES,
            Set.of("spec.clusterIP", "spec.type"),
            ResourceTypes.REPLICA_SETS,
            Set.of("status.replicas"),
            ResourceTypes.EVENTS,
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "reason",
                    "type"));
    private static final Pattern TERM = Pattern.compile("([A-Za-z.]+)(==|=|!=)(.*)");

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = terms;
    }

    private record Term(String field, boolean equal, String value) {
        boolean matches(JsonNode object) {
            return equal == value.equals(Json.text(object, field.split("\\.", -1)));
        }
    }

    /** Parses the query parameter {@code fieldSelector}; fails with 400 on a field that the kind does not offer. */
    public static FieldSelector parse(ResourceType type, String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        return new FieldSelector(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(term -> term(type, term))
                .toList());
    }

    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }

    private static Term term(ResourceType type, String text) {
        Matcher matcher = TERM.matcher(text);
        if (!matcher.matches()) {
            throw ApiFailure.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
        }
        String field = matcher.group(1);
        if (!OF_EVERY_KIND.contains(field)
                && !OF_KIND.getOrDefault(type, Set.of()).contains(field)) {
            throw ApiFailure.badRequest("field label not supported: " + field);
        }
        return new Term(field, !"!=".equals(matcher.group(2)), matcher.group(3));
    }
}
