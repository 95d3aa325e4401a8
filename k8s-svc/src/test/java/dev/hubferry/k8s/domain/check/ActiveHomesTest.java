package dev.hubferry.k8s.domain.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.naming.HomeTemplate;
import dev.hubferry.k8s.domain.naming.SlugScheme;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActiveHomesTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void namesTheHomesOfTheLatestFirst() {
        List<HubUser> users =
                List.of(user("ann", 1), new HubUser("bob", Optional.empty()), user("j.doe", 3), user("eve", 2));
        assertThat(ActiveHomes.of(layout("{username}", Optional.of(SlugScheme.ESCAPE), Map.of()), users))
                .containsExactly("j-2edoe", "eve", "ann");
    }

    @Test
    void namesBothWhenTheSchemeCannotBeTold() {
        assertThat(ActiveHomes.of(
                        layout("{username}", Optional.empty(), Map.of()), List.of(user("j.doe", 1), user("ann", 0))))
                .containsExactly(
                        "j-2edoe", "j-doe---" + SlugScheme.SAFE.slug("j.doe").substring(8), "ann");
    }

    @Test
    void namesWhatRunningServersShowToo() {
        Map<UserServer, String> observed = Map.of(new UserServer("ann", "gpu"), "ann-gpu");
        assertThat(ActiveHomes.of(
                        layout("{username}", Optional.of(SlugScheme.ESCAPE), observed), List.of(user("ann", 1))))
                .containsExactly("ann", "ann-gpu");
    }

    @Test
    void leavesOutWhatIsNoName() {
        List<HubUser> users = List.of(user("a/b", 1), user("a\0b", 2), user("a\ud800", 3), user("ok", 0));
        assertThat(ActiveHomes.of(layout("{unescaped_username}", Optional.of(SlugScheme.ESCAPE), Map.of()), users))
                .containsExactly("ok");
        assertThat(ActiveHomes.of(layout("{userid}", Optional.of(SlugScheme.ESCAPE), Map.of()), users))
                .isEmpty();
    }

    @Test
    void endsWithWhoHasNotBeenActiveForLong() {
        assertThat(ActiveHomes.of(layout("{username}", Optional.of(SlugScheme.ESCAPE), Map.of()), many(i -> "u" + i)))
                .hasSize(2_000)
                .startsWith("u2999")
                .endsWith("u1000");
        assertThat(ActiveHomes.of(
                        layout("{username}", Optional.of(SlugScheme.ESCAPE), Map.of()), many(i -> i + "u".repeat(196))))
                .hasSize(500);
    }

    private static List<HubUser> many(IntFunction<String> name) {
        return IntStream.range(0, 3_000).mapToObj(i -> user(name.apply(i), i)).toList();
    }

    private static HubUser user(String name, int seconds) {
        return new HubUser(name, Optional.of(NOON.plusSeconds(seconds)));
    }

    private static HomeLayout layout(String template, Optional<SlugScheme> scheme, Map<UserServer, String> observed) {
        return new HomeLayout(
                "home-nfs",
                new NfsExport("10.0.0.1", "/export/homes"),
                "",
                new HomeTemplate(template, "astro"),
                scheme,
                observed);
    }
}
