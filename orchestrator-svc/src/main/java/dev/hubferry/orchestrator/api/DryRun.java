package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/** The query parameter {@code dryRun} of a request for a migration, read strictly: what is misread moves a hub. */
final class DryRun {
    private static final String NAME = "dryRun";

    private DryRun() {}

    /** @throws ProblemException 400 when it is neither true nor false, comes twice, or is misspelled */
    static boolean isAsked(UriInfo uri) {
        for (Map.Entry<String, List<String>> parameter :
                uri.getQueryParameters().entrySet()) {
            String name = parameter.getKey();
            String letters = name.replaceAll("[^A-Za-z]", "");
            if (!name.equals(NAME) && letters.equalsIgnoreCase(NAME)) {
                throw wrong("the parameter is called dryRun, but was '%s'".formatted(name));
            }
        }
        List<String> values = uri.getQueryParameters().getOrDefault(NAME, List.of("false"));
        if (values.equals(List.of("true"))) {
            return true;
        }
        if (values.equals(List.of("false"))) {
            return false;
        }
        throw wrong("dryRun must be true or false, once, but was '%s'".formatted(String.join("', '", values)));
    }

    private static ProblemException wrong(String detail) {
        return new ProblemException(Problems.badParameter(detail));
    }
}
