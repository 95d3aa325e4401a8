package dev.hubferry.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.failpoints.scan.FailpointRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailpointsTest {
    @Test
    void whateverWritesOrSendsIsAFailpoint() throws Exception {
        assertThat(FailpointRules.of(Path.of("target/classes"), Path.of("src/test/failpoints-exempt.txt"))
                        .complaints())
                .isEmpty();
    }
}
