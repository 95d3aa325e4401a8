package dev.hubferry.db;

import dev.hubferry.fakes.kubernetes.access.AccessRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the chart hubferry-access grants to this service: its tests get no more, so what is missing there is missed here. */
final class GrantedAccess {
    private static final Path RULES = Path.of("../deploy/helm/hubferry-access/templates/_rules.tpl");
    private static final Pattern OURS = Pattern.compile("(?s)define \"access\\.db-transfer\" -}}\\R(.*?)\\{\\{- end");
    private static final Pattern RULE =
            Pattern.compile("- \\{apiGroups: \\[(.*?)], resources: \\[(.*?)], verbs: \\[(.*?)]}");

    private GrantedAccess() {}

    static List<AccessRule> in(String... namespaces) throws IOException {
        String ours = OURS.matcher(Files.readString(RULES))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return RULE.matcher(ours)
                .results()
                .map(rule ->
                        new AccessRule(words(rule, 3), words(rule, 1), words(rule, 2), List.of(namespaces), List.of()))
                .toList();
    }

    private static List<String> words(MatchResult rule, int group) {
        return List.of(rule.group(group).replace("\"", "").split(", "));
    }
}
