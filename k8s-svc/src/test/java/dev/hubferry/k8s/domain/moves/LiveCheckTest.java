package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.HubWorld.TARGET;
import static dev.hubferry.k8s.domain.moves.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import org.junit.jupiter.api.Test;

class LiveCheckTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void verifiesThatAHubAnswersNotJustAnything() throws Exception {
        // Given
        moves.answer = new FrontDoor.Answer.Status(200, "<h1>Welcome to nginx!</h1>");

        // When / Then
        refused(ErrorCode.HUB_NOT_READY, () -> {
                    var unused = moves.liveCheck().verify(TARGET, "astro.example.org", moves.work);
                })
                .contains("not from a hub's API")
                .contains("198.51.100.2");
    }

    @Test
    void tellsTheStatusOfTheLiveHub() throws Exception {
        // When / Then
        assertThat(moves.liveCheck().verify(TARGET, "astro.example.org", moves.work))
                .isEqualTo(200);
    }
}
