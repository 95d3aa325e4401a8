package dev.hubferry.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for all objects, whatever is chosen. */
class ObjectsTest {
    private static final int LONGEST_NAME = 63;
    private static final String LONGEST_RELEASE = "a-release-of-hubferry-with-the-longest-name-of-all-ab";

    @TestFactory
    Stream<DynamicTest> everyFieldIsOneThatTheClusterKnows() {
        return Options.rendered().entrySet().stream()
                .map(option -> DynamicTest.dynamicTest(
                        option.getKey(),
                        () -> assertThat(option.getValue().objects())
                                .isNotEmpty()
                                .flatMap(Kinds::faults)
                                .isEmpty()));
    }

    @Test
    void accessIsMadeOfWhatTheClusterKnows() {
        assertThat(Chart.ACCESS.render(Chart.ACCESS.values("both-sides")).objects())
                .isNotEmpty()
                .flatMap(Kinds::faults)
                .isEmpty();
    }

    @Test
    void noSecretIsMade() {
        Options.rendered()
                .forEach((option, rendered) ->
                        assertThat(rendered.ofKind("Secret")).as(option).isEmpty());
        assertThat(Chart.ACCESS.render(Chart.ACCESS.values("both-sides")).ofKind("Secret"))
                .isEmpty();
    }

    @Test
    void noSecretIsInAnEnvironmentOrACommandLine() {
        assertThat(Options.rendered().values().stream().flatMap(Rendered::pods).toList())
                .isNotEmpty()
                .allSatisfy(pod -> {
                    assertThat(pod.findValues("valueFrom")).isEmpty();
                    assertThat(pod.findValues("envFrom")).isEmpty();
                });
    }

    @Test
    void namesAreShortEnoughForTheLongestRelease() {
        assertThat(LONGEST_RELEASE).hasSize(53);
        List<JsonNode> objects = Stream.concat(
                        Chart.HUBFERRY.renderAs(LONGEST_RELEASE, "n".repeat(63), Options.EVERYTHING).objects().stream(),
                        Chart.ACCESS
                                .renderAs(LONGEST_RELEASE, "n".repeat(63), Chart.ACCESS.values("both-sides"))
                                .objects()
                                .stream())
                .toList();

        assertThat(objects)
                .map(Rendered::name)
                .allSatisfy(name -> assertThat(name)
                        .hasSizeLessThanOrEqualTo(LONGEST_NAME)
                        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?"));
        assertThat(objects).flatMap(Kinds::faults).isEmpty();
        // CloudNativePG makes longer names of it.
        assertThat(objects.stream().filter(each -> each.path("kind").asText().equals("Cluster")))
                .singleElement()
                .satisfies(cluster -> assertThat(Rendered.name(cluster)).hasSizeLessThanOrEqualTo(50));
    }

    @Test
    void twoReleasesInOneNamespaceHaveNothingInCommon() {
        for (Map.Entry<String, String> pair : Map.of(
                        "ferry", "other", LONGEST_RELEASE, LONGEST_RELEASE.substring(0, 52) + "x")
                .entrySet()) {
            Rendered one = Chart.HUBFERRY.renderAs(pair.getKey(), "moving", Options.EVERYTHING);
            Rendered other = Chart.HUBFERRY.renderAs(pair.getValue(), "moving", Options.EVERYTHING);

            assertThat(places(one)).isNotEmpty().doesNotContainAnyElementsOf(places(other));
            assertThat(selectors(one)).isNotEmpty().doesNotContainAnyElementsOf(selectors(other));
        }
    }

    @Test
    void twoReleasesOfAccessInTwoNamespacesHaveNothingInCommon() {
        String values = Chart.ACCESS.values("both-sides");

        assertThat(places(Chart.ACCESS.renderAs("access", "one", values)))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(places(Chart.ACCESS.renderAs("access", "two", values)));
    }

    @Test
    void noObjectIsMadeTwice() {
        Options.rendered()
                .forEach((option, rendered) -> assertThat(rendered.objects().stream()
                                .map(ObjectsTest::place)
                                .toList())
                        .as(option)
                        .doesNotHaveDuplicates());
    }

    @Test
    void whatIsSelectedIsThisReleaseAndThisService() {
        Rendered rendered = Chart.HUBFERRY.render(Options.EVERYTHING);
        for (String kind : List.of("Deployment", "PodDisruptionBudget", "Service")) {
            assertThat(rendered.ofKind(kind)).hasSize(5).allSatisfy(object -> {
                JsonNode selector =
                        kind.equals("Service") ? object.at("/spec/selector") : object.at("/spec/selector/matchLabels");
                assertThat(rendered.pods().filter(pod -> Labels.match(selector, pod.at("/metadata/labels"))))
                        .singleElement()
                        .satisfies(pod -> assertThat(Labels.component(pod)).isEqualTo(Labels.component(object)));
            });
        }
    }

    private static Set<String> places(Rendered rendered) {
        return rendered.objects().stream().map(ObjectsTest::place).collect(Collectors.toSet());
    }

    private static String place(JsonNode object) {
        return object.path("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + "/" + Rendered.name(object);
    }

    private static Set<JsonNode> selectors(Rendered rendered) {
        Set<JsonNode> found = new HashSet<>();
        rendered.objects().forEach(object -> found.addAll(object.findValues("matchLabels")));
        rendered.ofKind("Service").forEach(service -> found.add(service.at("/spec/selector")));
        // Those of others.
        found.removeIf(labels -> !labels.has("app.kubernetes.io/instance") && !labels.has("cnpg.io/cluster"));
        return found;
    }
}
