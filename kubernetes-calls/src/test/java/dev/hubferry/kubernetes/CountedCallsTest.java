package dev.hubferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedCallsTest {
    @Test
    void namesTheKindOfAResourceOnly() {
        assertThat(CountedCalls.resource("/api/v1/namespaces/astro/pods")).isEqualTo("pods");
        assertThat(CountedCalls.resource("/api/v1/namespaces/astro/pods/hub-1/exec"))
                .isEqualTo("pods/exec");
        assertThat(CountedCalls.resource("/apis/apps/v1/namespaces/astro/deployments/hub/scale"))
                .isEqualTo("deployments/scale");
        assertThat(CountedCalls.resource("/api/v1/persistentvolumes/astro-homes"))
                .isEqualTo("persistentvolumes");
        assertThat(CountedCalls.resource("/version")).isEqualTo("other");
    }
}
