package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written about the charts. {@code -Dhubferry.write-docs=true} writes the tables of values anew. */
class ReadmeTest {
    private static final String BEGIN = "<!-- of values.yaml -->\n\n";
    private static final String END = "\n\n<!-- end -->";
    private static final Path INSTALL = Path.of("../../docs/operations/install.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(strings = {"hubferry", "hubferry-access"})
    void theReadmeHasEveryValue(String chart) throws IOException {
        Path page = Path.of(chart, "README.md");
        String text = Files.readString(page);
        String table = ValuesTable.of(Chart.read(Path.of(chart, "values.yaml")));
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(begin).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(end);

        if (Boolean.getBoolean("hubferry.write-docs")) {
            Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(table);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubferry", "hubferry-access"})
    void everyValueIsExplained(String chart) {
        String values = Chart.read(Path.of(chart, "values.yaml"));
        List<String> unexplained = new ArrayList<>();
        boolean explained = false;
        // How far the key is indented that is explained with all that it has.
        int covering = Integer.MAX_VALUE;
        for (String line : values.lines().filter(each -> !each.isBlank()).toList()) {
            int indent = line.length() - line.stripLeading().length();
            if (line.strip().startsWith("#")) {
                explained = line.strip().startsWith("# -- ");
            } else {
                covering = indent <= covering ? Integer.MAX_VALUE : covering;
                if (explained) {
                    covering = Math.min(covering, indent);
                } else if (covering == Integer.MAX_VALUE && line.matches(".*: .+")) {
                    unexplained.add(line);
                }
                explained = false;
            }
        }

        assertThat(unexplained).isEmpty();
    }

    @Test
    void theExamplesOfThePageOnInstallingAreGood() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(INSTALL))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        Rendered access = Chart.ACCESS.render(examples.get(0));
        assertThat(access.objects()).isNotEmpty().flatMap(Kinds::faults).isEmpty();
        Rendered hubferry = Chart.HUBFERRY.renderAs("hubferry", "hubferry", examples.get(1));
        assertThat(hubferry.objects()).isNotEmpty().flatMap(Kinds::faults).isEmpty();
        for (Services service : Services.values()) {
            OwnConfig.read(
                    service, SettingsTest.arrived(hubferry, service.object().substring(Chart.RELEASE.length() + 1)));
        }
    }

    /** What the page has people make by hand is what the chart of its example then looks for. */
    @Test
    void everySecretThatTheExampleNamesIsMadeOnThePage() throws IOException {
        String page = Files.readString(INSTALL);
        List<String> examples =
                EXAMPLE.matcher(page).results().map(found -> found.group(1)).toList();
        Rendered hubferry = Chart.HUBFERRY.renderAs("hubferry", "hubferry", examples.get(1));

        List<String> secrets = new ArrayList<>();
        hubferry.pods().forEach(pod -> {
            secrets.addAll(pod.findValuesAsText("secretName"));
            pod.findValues("sources")
                    .forEach(sources -> secrets.addAll(Rendered.each(sources)
                            .map(each -> each.at("/secret/name").asText())
                            .toList()));
        });
        // Made by operators.
        hubferry.ofKind("KafkaUser").map(Rendered::name).forEach(secrets::remove);
        secrets.removeIf(name -> name.endsWith("-cluster-ca-cert") || isOfDatabase(hubferry, name));
        assertThat(secrets)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(page).containsPattern("create secret generic " + Pattern.quote(name) + "[ \\n]"));
    }

    @Test
    void theObjectThatPeopleMakeForKedaIsGood() throws IOException {
        String page = Files.readString(Path.of("hubferry/README.md"));

        assertThat(EXAMPLE.matcher(page).results())
                .singleElement()
                .satisfies(found ->
                        assertThat(Kinds.faults(Rendered.parse(found.group(1)))).isEmpty());
    }

    private static boolean isOfDatabase(Rendered hubferry, String secret) {
        return hubferry.ofKind("Cluster")
                .map(Rendered::name)
                .anyMatch(name -> secret.equals(name + "-app") || secret.equals(name + "-ca"));
    }

    @Test
    void everySettingThatAReadmeNamesIsOneOfAService() {
        for (String page : List.of("hubferry/README.md", "hubferry-access/README.md", "hubferry/values.yaml")) {
            Known.assertKnown(Chart.read(Path.of(page)));
        }
        Known.assertKnown(Chart.read(INSTALL));
    }
}
