package dev.hubferry.k8s.adapter.fabric8;

import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBalancerTest {
    @TempDir
    Path directory;

    @Test
    void isShutBySelectorAndComesBackWithItsAddress() throws Exception {
        // Given
        try (FakeWorld world = new FakeWorld(directory, "LoadBalancer", 0, 1)) {
            String before = world.service(world.old);

            // When
            var closed = world.sourceWayIn().close(SOURCE, world.work);
            int endpointsWhenClosed =
                    world.old.world().endpoints("astro", "proxy-public").size();
            String whenClosed = world.service(world.old);
            var reopened = world.sourceWayIn().reopen(SOURCE, world.work);

            // Then
            assertThat(closed).isNotNull();
            assertThat(endpointsWhenClosed).isZero();
            assertThat(whenClosed).contains("127.0.0.");
            assertThat(reopened.happened()).isTrue();
            assertThat(world.service(world.old)).isEqualTo(before);
        }
    }
}
