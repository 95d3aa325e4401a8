package dev.hubferry.k8s.domain.check;

import static dev.hubferry.k8s.domain.HubWorld.SOURCE;
import static dev.hubferry.k8s.domain.HubWorld.SOURCE_HOMES;
import static dev.hubferry.k8s.domain.HubWorld.TARGET;
import static dev.hubferry.k8s.domain.HubWorld.TARGET_HOMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.Pods;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubSettings.Storage;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HubChecksTest {
    private final HubWorld world = new HubWorld();
    private final HubChecks checks = new HubChecks(world.clusters(), world.storages());

    @Test
    void tellsWhatTheSourceIs() {
        // Given
        world.old.users = Optional.of(List.of(new HubUser("ann", Optional.of(Instant.EPOCH))));

        // When
        HubFacts facts = checks.source(SOURCE, SOURCE_HOMES).facts();

        // Then
        assertThat(facts)
                .isEqualTo(new HubFacts(
                        "astro",
                        "quay.io/jupyterhub/k8s-hub:3.3.7",
                        "5.2.1",
                        "10.0.0.1",
                        "/export/homes/astro",
                        new IngressAddress(IngressAddress.Kind.IPV4, "198.51.100.1"),
                        2,
                        List.of()));
    }

    @Test
    void tellsWhoseHomesMayGoFirst() {
        // Given users, one of whom was never active
        Instant noon = Instant.parse("2026-11-26T12:00:00Z");
        world.old.users = Optional.of(List.of(
                new HubUser("ann", Optional.of(noon)),
                new HubUser("bob", Optional.empty()),
                new HubUser("eve.adams", Optional.of(noon.plusSeconds(2))),
                new HubUser("john.doe@x.edu", Optional.of(noon.plusSeconds(1))),
                new HubUser("../etc", Optional.of(noon.plusSeconds(9)))));

        // When
        SourceChecked checked = checks.source(SOURCE, SOURCE_HOMES);

        // Then
        assertThat(checked.activeHomes()).containsExactly("-2e-2e-2fetc", "eve-2eadams", "john-2edoe-40x-2eedu", "ann");
        assertThat(checked.facts().notices()).isEmpty();
    }

    @Test
    void saysWhenTheHubListsUsersWithoutTheirActivity() {
        world.old.users = HubWorld.users("ann");
        SourceChecked checked = checks.source(SOURCE, SOURCE_HOMES);
        assertThat(checked.activeHomes()).isEmpty();
        assertThat(checked.facts().notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("scope read:users:activity"));
    }

    @Test
    void saysWhenNobodyTellsWhoIsActive() {
        SourceChecked checked = checks.source(SOURCE, SOURCE_HOMES);
        assertThat(checked.activeHomes()).isEmpty();
        assertThat(checked.facts().notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("does not list its users"));
    }

    @Test
    void changesNothing() {
        // When
        checks.source(SOURCE, SOURCE_HOMES);
        checks.target(TARGET, TARGET_HOMES, SOURCE);

        // Then
        assertThat(world.old.writes).isEmpty();
        assertThat(world.fresh.writes).isEmpty();
    }

    @Test
    void namesAllProblemsAtOnce() {
        // Given
        world.old.denied.add("delete services");
        world.old.denied.add("create pods/portforward");
        world.old.removeService("support", "support-ingress-nginx-controller");
        world.old.removeService("astro", "proxy-public");

        // When
        List<Problem> problems = problems(() -> checks.source(SOURCE, new HomesRef("nfs-old", "/export/homes/bio")));

        // Then
        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly(
                        ErrorCode.PERMISSION_MISSING,
                        ErrorCode.PERMISSION_MISSING,
                        ErrorCode.HUB_NOT_FOUND,
                        ErrorCode.STORAGE_MISMATCH,
                        ErrorCode.INGRESS_NOT_FOUND);
        assertThat(problems)
                .extracting(Problem::detail)
                .anySatisfy(detail -> assertThat(detail).contains("may not delete services in namespace astro"))
                .anySatisfy(detail -> assertThat(detail).contains("may not create pods/portforward"))
                .anySatisfy(detail -> assertThat(detail)
                        .contains("10.0.0.1:/export/homes/astro")
                        .contains("/export/homes/bio"));
    }

    @Test
    void namesTheHubsOfANamespaceThatHasSeveral() {
        // Given
        world.old.put(HubWorld.hub("hub-staging", "staging", "3.3.7"));

        // When
        List<Problem> problems = problems(() -> checks.source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.HUB_AMBIGUOUS);
            assertThat(problem.detail()).contains("astro, staging");
        });
    }

    @Test
    void takesTheHubOfTheNamedRelease() {
        // Given
        world.old.put(HubWorld.hub("hub-staging", "staging", "3.3.7"));

        // When
        HubFacts facts = checks.source(new HubRef("old", "astro", Optional.of("astro")), SOURCE_HOMES)
                .facts();

        // Then
        assertThat(facts.release()).isEqualTo("astro");
        assertThat(facts.userPods()).isEqualTo(2);
    }

    @Test
    void refusesHubsWithAVolumeForEachUser() {
        // Given
        world.old.settings = Optional.of(new HubSettings(
                Storage.DYNAMIC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "/",
                HubSettings.DEFAULT_HOME));
        world.old.claims.add(
                new Claim("astro", "claim-ann", Map.of("component", "singleuser-storage"), Optional.of("pv-1")));

        // When
        List<Problem> problems = problems(() -> checks.source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.STORAGE_PER_USER);
            assertThat(problem.detail()).contains("claim-ann");
        });
    }

    @Test
    void findsTheHomesByRunningServersWhenTheConfigurationCannotBeRead() {
        // Given
        world.old.settings = Optional.empty();

        // When
        HubFacts facts = checks.source(SOURCE, SOURCE_HOMES).facts();

        // Then
        assertThat(facts.homesPath()).isEqualTo("/export/homes/astro");
        assertThat(facts.notices()).extracting(Notice::text).anyMatch(text -> text.contains("No Secret"));
    }

    @Test
    void countsTheFixedPartOfTheSubPathAsTheDirectoryOfTheHomes() {
        // Given
        world.old.volumes.clear();
        world.old.volumes.add(new Volume(
                "astro-home-nfs",
                Optional.of(new NfsExport("nfs.old.example", "/export")),
                "nfs",
                Optional.of("astro"),
                Optional.of("home-nfs")));
        world.old.settings = Optional.of(HubWorld.settings("homes/astro/{username}", "3.3.7"));

        // When
        HubFacts facts = checks.source(SOURCE, SOURCE_HOMES).facts();

        // Then
        assertThat(facts.homesPath()).isEqualTo("/export/homes/astro");
    }

    @Test
    void namesUsersWhoWouldFindAnotherHome() {
        // Given
        world.fresh.settings = Optional.of(HubWorld.settings("{username}", "4.1.0"));

        // When
        List<Problem> problems = problems(() -> checks.target(TARGET, TARGET_HOMES, SOURCE));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.HOME_PATHS_DIFFER);
            assertThat(problem.detail())
                    .contains("1 of 2 known users")
                    .contains("john.doe@x.edu is john-2edoe-40x-2eedu on the source and "
                            + "john-doe-x-edu---3baab50d on the target");
        });
    }

    @Test
    void acceptsDifferentTemplatesThatRenderTheSameHomes() {
        // Given
        world.fresh.settings = Optional.of(HubWorld.settings("{escaped_username}", "4.1.0"));

        // When
        HubFacts facts = checks.target(TARGET, TARGET_HOMES, SOURCE);

        // Then
        assertThat(facts.notices())
                .extracting(Notice::text)
                .containsExactly("Home directories were compared for 2 users that are known now.");
    }

    @Test
    void comparesUsersThatTheHubListsToo() {
        // Given
        world.old.users = HubWorld.users("ann", "josé");
        world.fresh.settings = Optional.of(HubWorld.settings("{unescaped_username}", "3.3.7"));

        // When
        List<Problem> problems = problems(() -> checks.target(TARGET, TARGET_HOMES, SOURCE));

        // Then
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail())
                        .contains("2 of 3 known users")
                        .contains("josé is jos-c3-a9 on the source and josé on the target"));
    }

    @Test
    void warnsOfNamesThatWouldDifferWhenNoListedUserHasOne() {
        // Given
        HubWorld calm = withOtherSchemeAndOnlyAnn();
        calm.old.users = HubWorld.users("ann", "bob");

        // When
        HubFacts facts = new HubChecks(calm.clusters(), calm.storages()).target(TARGET, TARGET_HOMES, SOURCE);

        // Then
        assertThat(facts.notices()).extracting(Notice::text).anyMatch(text -> text.contains("john-2dsmith"));
    }

    @Test
    void refusesAnotherNamingSchemeWhenNotAllUsersAreKnown() {
        // Given
        HubWorld calm = withOtherSchemeAndOnlyAnn();

        // When
        List<Problem> problems =
                problems(() -> new HubChecks(calm.clusters(), calm.storages()).target(TARGET, TARGET_HOMES, SOURCE));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.HOME_PATHS_DIFFER);
            assertThat(problem.detail()).contains("does not list its users").contains("john-2dsmith");
        });
    }

    private static HubWorld withOtherSchemeAndOnlyAnn() {
        HubWorld calm = new HubWorld();
        calm.old.deletePod(
                calm.old.pods("astro").stream()
                        .filter(pod -> pod.name().startsWith("jupyter-john"))
                        .findFirst()
                        .orElseThrow(),
                () -> {});
        calm.settle();
        calm.fresh.settings = Optional.of(HubWorld.settings("{username}", "4.1.0"));
        return calm;
    }

    @Test
    void refusesATargetThatSomebodyWorksOn() {
        // Given
        world.fresh.put(Pods.server(world.fresh, "tester", "tester"));

        // When
        List<Problem> problems = problems(() -> checks.target(TARGET, TARGET_HOMES, SOURCE));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.PODS_NOT_GONE);
            assertThat(problem.detail()).contains("jupyter-tester");
        });
    }

    @Test
    void namesPodsThatWriteToTheHomesOfTheTarget() {
        // Given
        world.fresh.put(Pods.other(world.fresh, "astro", "restore", Pods.mount("home-nfs", "/homes", "", false)));

        // When
        List<Problem> problems = problems(() -> checks.target(TARGET, TARGET_HOMES, SOURCE));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.PODS_NOT_GONE);
            assertThat(problem.where()).isEqualTo("pod astro/restore");
        });
    }

    @Test
    void namesPodsOfOtherNamespacesThatWriteToTheHomes() {
        // Given
        world.old.volumes.add(new Volume(
                "spy",
                Optional.of(new NfsExport("10.0.0.1", "/export/homes/astro")),
                "nfs",
                Optional.of("analytics"),
                Optional.of("all")));
        world.old.put(Pods.other(world.old, "analytics", "crawler", Pods.mount("all", "/in", "", false)));

        // When
        List<Problem> problems = problems(() -> checks.source(SOURCE, SOURCE_HOMES));

        // Then
        assertThat(problems).extracting(Problem::where).containsExactly("pod analytics/crawler");
    }

    @Test
    void saysThatAStorageConnectionIsNotConfigured() {
        // When
        List<Problem> problems = problems(() -> checks.source(SOURCE, new HomesRef("filer", "/export/homes/astro")));

        // Then
        assertThat(problems).extracting(Problem::code).containsExactly(ErrorCode.CONNECTION_UNKNOWN);
    }

    @Test
    void takesTheAddressOfALoadBalancerThatNoIngressLeadsTo() {
        // Given
        world.old.put(new Door(
                "astro",
                "proxy-public",
                "",
                "LoadBalancer",
                Map.of("app", "jupyterhub", "component", "proxy-public", "release", "astro"),
                Map.of("component", "proxy"),
                List.of(new IngressAddress(IngressAddress.Kind.HOSTNAME, "abc.elb.example"))));

        // When
        IngressAddress own = checks.source(SOURCE, SOURCE_HOMES).facts().ingress();
        world.old.behindIngress.add("proxy-public");
        IngressAddress controller = checks.source(SOURCE, SOURCE_HOMES).facts().ingress();

        // Then
        assertThat(own).isEqualTo(new IngressAddress(IngressAddress.Kind.HOSTNAME, "abc.elb.example"));
        assertThat(controller.value()).isEqualTo("198.51.100.1");
    }

    @Test
    void findsTheIngressControllerByLabelWhenItHasAnotherName() {
        // Given
        world.old.removeService("support", "support-ingress-nginx-controller");
        world.old.put(new Door(
                "support",
                "way-in",
                "",
                "LoadBalancer",
                Map.of("app.kubernetes.io/name", "ingress-nginx", "app.kubernetes.io/component", "controller"),
                Map.of("app", "nginx"),
                List.of(new IngressAddress(IngressAddress.Kind.IPV6, "2001:db8::1"))));

        // When / Then
        assertThat(checks.source(SOURCE, SOURCE_HOMES).facts().ingress().kind()).isEqualTo(IngressAddress.Kind.IPV6);
    }

    private static List<Problem> problems(ThrowingCallable action) {
        Refusal refusal = (Refusal) catchThrowable(action);
        assertThat(refusal).as("nothing was refused").isNotNull();
        return refusal.rejected().problems();
    }
}
