package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HomeOrderTest {
    private final HomeOrder order = HomeOrder.of(List.of("jos\u00e9", "ada", "ada", "bob"));

    @Test
    void ranksWhatIsInAHomeAsTheHome() {
        assertThat(order.rank(List.of("./ada"))).isEqualTo(1);
        assertThat(order.rank(List.of("./ada/bob"))).isEqualTo(1);
        assertThat(order.rank(List.of("./adam/ada"))).isEqualTo(HomeOrder.UNNAMED);
        assertThat(order.rank(List.of("."))).isEqualTo(HomeOrder.UNNAMED);
    }

    @Test
    void takesTheFirstOfSeveral() {
        assertThat(order.rank(List.of("./zoe/a", "./bob/a", "./ada/a"))).isEqualTo(1);
        assertThat(HomeOrder.ANY.rank(List.of("./ada"))).isEqualTo(HomeOrder.UNNAMED);
    }

    @Test
    void knowsNamesByTheirBytes() {
        assertThat(order.rank(List.of("./jos\u00c3\u00a9/x"))).isZero();
    }
}
