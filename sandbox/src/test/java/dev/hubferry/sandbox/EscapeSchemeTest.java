package dev.hubferry.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeSchemeTest {
    @ParameterizedTest
    @CsvSource({
        "john-smith, john-2dsmith",
        "john.doe@x.edu, john-2edoe-40x-2eedu",
        "123abc, 123abc",
        "josé, jos-c3-a9",
        "Ab, -41b"
    })
    void rendersDirectoriesAsOlderHubsDo(String user, String directory) {
        assertThat(EscapeScheme.directory(user)).isEqualTo(directory);
    }
}
