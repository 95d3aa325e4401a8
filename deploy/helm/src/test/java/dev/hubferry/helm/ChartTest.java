package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The charts as they stand in the repository. */
class ChartTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void helmHasNothingToComplainAbout() {
        for (Chart chart : List.of(Chart.HUBFERRY, Chart.ACCESS)) {
            LintResult found = chart.helm().lint().strict().call();

            assertThat(found.isFailed()).as(String.valueOf(found.getMessages())).isFalse();
            assertThat(found.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        }
    }

    @Test
    void theVersionIsThatOfTheProject() {
        String pom = Chart.read(ROOT.resolve("pom.xml"));
        for (Chart chart : List.of(Chart.HUBFERRY, Chart.ACCESS)) {
            JsonNode about = Rendered.parse(Chart.read(chart.folder().resolve("Chart.yaml")));

            assertThat(pom).contains("<version>" + about.path("appVersion").asText() + "</version>");
            assertThat(about.path("appVersion").asText())
                    .startsWith(about.path("version").asText());
        }
    }

    @Test
    void thePackageHasAlertsAndDashboardAndNoValuesOfTests(@TempDir Path folder) throws IOException {
        var unused = Chart.HUBFERRY.helm().packageIt().withDestination(folder).call();

        String archive = unpacked(folder.resolve("hubferry-0.1.0.tgz"));
        assertThat(archive.contains(Chart.read(ROOT.resolve("deploy/observability/hubferry.rules.yml"))))
                .as("alerts")
                .isTrue();
        assertThat(archive.contains(Chart.read(ROOT.resolve("deploy/observability/hubferry-dashboard.json"))))
                .as("dashboard")
                .isTrue();
        assertThat(archive.contains("everything-values.yaml"))
                .as("values of tests")
                .isFalse();
    }

    /** All of an archive as a text; files stand in it as they are. */
    private static String unpacked(Path archive) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream file = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            file.transferTo(whole);
        }
        return whole.toString(StandardCharsets.UTF_8);
    }
}
