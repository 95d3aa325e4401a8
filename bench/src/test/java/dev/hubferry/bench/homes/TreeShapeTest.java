package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TreeShapeTest {
    @Test
    void isOneOfThreeOrOnesOwn() {
        assertThat(TreeShape.parse("L").users()).isEqualTo(200);
        assertThat(TreeShape.parse("4:60:1")).isEqualTo(new TreeShape("4:60:1", 4, 60, 1));
    }

    @Test
    void saysWhatItMayBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TreeShape.parse("XXL"))
                .withMessage("a tree is S, M, L or USERS:FILES:MEGABYTES, but was 'XXL'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TreeShape.parse("3:60:1"))
                .withMessageContaining("4 users");
    }
}
