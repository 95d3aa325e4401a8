package dev.hubferry.orchestrator.adapter.postgres;

import static dev.hubferry.orchestrator.adapter.postgres.WebhookRig.awaitNumbers;
import static dev.hubferry.orchestrator.adapter.postgres.WebhookRig.numbers;
import static dev.hubferry.orchestrator.adapter.postgres.WebhookRig.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.AuditEntry.Fact;
import dev.hubferry.orchestrator.saga.AuditScope;
import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookLoop;
import dev.hubferry.orchestrator.webhook.WebhookStore.Claim;
import dev.hubferry.orchestrator.webhook.WebhookStore.DeadLetter;
import dev.hubferry.testbed.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what in which order, on a real database and with real receivers. */
@Timeout(120)
class WebhookDeliveryTest {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final WebhookRig rig = new WebhookRig();
    private final Receiver receiver = Receiver.start();
    private final Webhook chat = webhook("chat", receiver);
    private final MigrationId one = rig.migration("one");
    private final MigrationId two = rig.migration("two");

    @AfterEach
    void close() {
        rig.close();
        receiver.close();
    }

    @Test
    void tellsOfEveryEventInOrder() {
        // Given
        var unused = rig.startReplica(chat);

        // When
        rig.append(one, "a", "b");
        rig.append(two, "a");
        rig.append(one, "c");

        // Then
        rig.awaitNothingToSend();
        assertThat(numbers(receiver, one)).containsExactly(1, 2, 3);
        assertThat(numbers(receiver, two)).containsExactly(1);
        assertThat(receiver.received()).allMatch(received -> received.isSignedWith(Receiver.SECRET));
        assertThat(rig.standing("chat").lastSuccessAt()).isPresent();
        JsonNode event = receiver.received().getFirst().event();
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText())
                .isEqualTo(receiver.received().getFirst().id());
        assertThat(event.path("source").asText()).isEqualTo("/test");
        assertThat(event.path("type").asText()).isEqualTo("hubferry.resumed.v1");
        assertThat(event.path("subject").asText())
                .isEqualTo(event.path("id").asText().split("/", -1)[0]);
        assertThat(event.path("sequence").asText()).isEqualTo("1");
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.at("/data/by").asText()).isEqualTo("a");
        assertThat(Instant.parse(event.path("time").asText())).isBefore(rig.clock.instant());
    }

    @Test
    void tellsNothingOfWhatWasBeforeAndNothingOfDryRuns() {
        // Given
        rig.append(one, "a", "b");
        var unused = rig.startReplica(chat);
        MigrationId plan = rig.migration("plan", "plan-hub/1");

        // When
        rig.append(plan, "a");
        rig.append(one, "c");

        // Then
        rig.awaitNothingToSend();
        assertThat(receiver.received()).hasSize(1);
        assertThat(numbers(receiver, one)).containsExactly(3);
    }

    @Test
    void missesNothingThatCommitsLate() {
        var unused = rig.startReplica(chat);
        rig.transactions().runInTransaction(connection -> {
            // Given an event that nobody can see yet
            rig.append(connection, one, "a");

            // When another is told of
            rig.append(two, "a");
            awaitNumbers(receiver, two, 1);
        });
        // Then
        awaitNumbers(receiver, one, 1);
    }

    @Test
    void sendsNothingBeforeWhatIsEarlierInTheSameMigration() {
        // Given a receiver that does not like the second event of one
        receiver.does((received, _) -> Receiver.answer(received.id().equals("one/event/2") ? 500 : 200));
        var unused = rig.startReplica(chat);

        // When
        rig.append(one, "a", "b", "c");
        rig.awaitFailure("chat", "127.0.0.1 answered 500");
        rig.append(two, "a", "b", "c");

        // Then the other migration is not held up
        awaitNumbers(receiver, two, 1, 2, 3);
        assertThat(numbers(receiver, one)).containsExactly(1, 2);
        Await.until(
                "two that wait",
                WebhookRig.SOON,
                () -> rig.standing("chat").waiting().getFirst().count() == 2);

        // And when it is due again and taken, the rest comes
        receiver.answers(200);
        rig.clock.advance(RETRY);
        rig.awaitNothingToSend();
        assertThat(numbers(receiver, one)).containsExactly(1, 2, 2, 3);
    }

    @Test
    void letsAHangingReceiverHoldUpNobody() throws Exception {
        // Given
        try (Receiver hanging = Receiver.start()) {
            hanging.hangs();
            var unused = rig.startReplica(webhook("hanging", hanging));
            unused = rig.startReplica(chat);
            List<MigrationId> many = IntStream.range(0, 10)
                    .mapToObj(i -> rig.migration("many-" + i))
                    .toList();
            many.forEach(each -> rig.append(each, "a"));
            Await.until(
                    "requests that hang",
                    WebhookRig.SOON,
                    () -> hanging.received().size() == WebhookRig.AT_ONCE);

            // When
            many.forEach(each -> rig.append(each, "b", "c"));

            // Then, while the other still hangs
            many.forEach(each -> awaitNumbers(receiver, each, 1, 2, 3));
            assertThat(hanging.connections()).isEqualTo(WebhookRig.AT_ONCE);
            assertThat(rig.count("webhook_lane where webhook = 'hanging'")).isEqualTo(10);
            assertThat(rig.count("webhook_lane where lease is not null")).isEqualTo(WebhookRig.AT_ONCE);
        }
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        // Given
        receiver.does((_, _) -> Receiver.answer(429, "Retry-After: 600"));
        var unused = rig.startReplica(chat);
        rig.append(one, "a");
        rig.awaitFailure("chat", "answered 429");

        // When
        receiver.answers(200);
        rig.clock.advance(Duration.ofSeconds(590));
        rig.append(two, "a");
        awaitNumbers(receiver, two, 1);

        // Then
        assertThat(numbers(receiver, one)).containsExactly(1);
        rig.clock.advance(Duration.ofSeconds(11));
        awaitNumbers(receiver, one, 1, 1);
    }

    @Test
    void givesUpAfterADayAndSendsAgainWhenAsked() {
        // Given
        receiver.answers(500);
        var unused = rig.startReplica(chat);
        rig.append(one, "a");
        rig.awaitFailure("chat", "answered 500");
        rig.clock.advance(Duration.ofHours(12));
        rig.append(one, "b");
        Await.until(
                "a second attempt",
                WebhookRig.SOON,
                () -> numbers(receiver, one).size() == 2);

        // When a day is over for the first event, and not for the second
        rig.clock.advance(Duration.ofHours(12));
        rig.append(one, "c");

        // Then
        Await.until(
                "a dead letter", WebhookRig.SOON, () -> numbers(receiver, one).equals(List.of(1, 1, 1, 2)));
        Await.until("its end", WebhookRig.SOON, () -> rig.count("webhook_lane where lease is not null") == 0);
        DeadLetter dead = rig.store.deadLetters("chat", 0, 10).getFirst();
        assertThat(rig.standing("chat").deadLetters()).isOne();
        assertThat(dead.event().sequence()).isOne();
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(dead.reason()).isEqualTo("127.0.0.1 answered 500");

        // When somebody wants it after all
        receiver.answers(200);
        assertThat(rig.store.redeliver("chat", OptionalLong.of(dead.id()), fact(), rig.clock.instant()))
                .isOne();

        // Then
        awaitNumbers(receiver, one, 1, 1, 1, 2, 1);
        Await.until(
                "no dead letter", WebhookRig.SOON, () -> rig.standing("chat").deadLetters() == 0);
        assertThat(rig.count("audit where action = 'redeliver webhook'")).isOne();
        rig.clock.advance(RETRY);
        awaitNumbers(receiver, one, 1, 1, 1, 2, 1, 2, 3);
    }

    @Test
    void sendsDeadLettersAgainInOrderAndKeepsThoseThatDieAgain() {
        // Given
        receiver.answers(410);
        var unused = rig.startReplica(chat);
        rig.append(one, "a", "b", "c");
        Await.until("dead letters", WebhookRig.SOON, () -> rig.standing("chat").deadLetters() == 3);

        // When the second dies again
        receiver.does((received, _) -> Receiver.answer(received.id().endsWith("2") ? 410 : 200));
        assertThat(rig.store.redeliver("chat", OptionalLong.empty(), fact(), rig.clock.instant()))
                .isEqualTo(3);
        rig.awaitNothingToSend();

        // Then
        assertThat(numbers(receiver, one)).containsExactly(1, 2, 3, 1, 2, 3);
        List<DeadLetter> dead = rig.store.deadLetters("chat", 0, 10);
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().event().sequence()).isEqualTo(2);
        assertThat(dead.getFirst().attempts()).isEqualTo(2);
        assertThat(dead.getFirst().again()).isFalse();

        // And when they are old they go
        assertThat(rig.store.forgetDeadLetters(rig.clock.instant().minusSeconds(60)))
                .isZero();
        assertThat(rig.store.forgetDeadLetters(rig.clock.instant().plusSeconds(60)))
                .isOne();
    }

    @Test
    void takesOverWhatAReplicaHadThatWasKilled() throws Exception {
        // Given one that is never heard of again
        rig.register("chat");
        rig.append(one, "a", "b");
        Claim lost = rig.store
                .claim(chat, rig.clock.instant(), Duration.ofMillis(300))
                .orElseThrow();
        assertThat(rig.store.claim(chat, rig.clock.instant(), Duration.ofMinutes(1)))
                .isEmpty();

        // When
        var unused = rig.startReplica(chat);

        // Then
        awaitNumbers(receiver, one, 1, 2);
        rig.awaitNothingToSend();
        assertThat(rig.store.delivered(lost, rig.clock.instant())).isFalse();
        assertThat(rig.store.failed(lost, "late", rig.clock.instant(), rig.clock.instant()))
                .isFalse();
        assertThat(rig.store.died(lost, "late", rig.clock.instant())).isFalse();
        assertThat(rig.standing("chat").deadLetters()).isZero();
    }

    @Test
    void givesBackWhatItSendsWhenItStops() {
        // Given a lease that is longer than the test
        receiver.hangs();
        WebhookLoop first = rig.startReplica(chat);
        rig.append(one, "a");
        Await.until("a request", WebhookRig.SOON, () -> receiver.received().size() == 1);

        // When
        receiver.answers(200);
        var unused = rig.startReplica(chat);
        first.stop();

        // Then
        awaitNumbers(receiver, one, 1, 1);
        rig.awaitNothingToSend();
    }

    @Test
    void sharesTheWorkAndMissesNothingWhileMoreComes() {
        // Given
        var unused = rig.startReplica(chat);
        unused = rig.startReplica(chat);

        // When events come while others are told of, so that lanes end and begin all the time
        for (int i = 0; i < 150; i++) {
            rig.append(one, "a");
            if (i % 3 == 0) {
                rig.append(two, "a", "b");
            }
        }

        // Then
        rig.awaitNothingToSend();
        assertThat(numbers(receiver, one))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 150).boxed().toList());
        assertThat(numbers(receiver, two))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void passesOverWhatIsNotWanted() {
        // Given
        var unused = rig.startReplica(webhook("chat", receiver, "hubferry.abort-*"));

        // When more comes than is passed over at once
        rig.append(two, "a");
        rig.append(one, Collections.nCopies(1_100, "a").toArray(String[]::new));
        rig.append(one, new MigrationEvent.AbortRequested("olga", "no"));
        rig.append(one, "b");

        // Then
        rig.awaitNothingToSend();
        assertThat(numbers(receiver, one)).containsExactly(1_101);
        assertThat(numbers(receiver, two)).isEmpty();
    }

    @Test
    void keepsForSomeTimeWhatWaitsForAWebhookThatWasRemoved() {
        // Given
        rig.register("chat", "mail");
        rig.append(one, "a");

        // When it is not forgotten yet, and configured again
        rig.clock.advance(Duration.ofDays(6));
        assertThat(rig.store.forgetWebhooks(rig.clock.instant().minus(Duration.ofDays(7))))
                .isEmpty();
        rig.append(one, "b");
        var unused = rig.startReplica(chat);

        // Then
        awaitNumbers(receiver, one, 1, 2);

        // And the other one goes, with all that waits
        rig.clock.advance(Duration.ofDays(2));
        assertThat(rig.store.forgetWebhooks(rig.clock.instant().minus(Duration.ofDays(7))))
                .containsExactly("mail");
        Await.until("nothing", WebhookRig.SOON, () -> rig.count("webhook_lane") == 0);
        rig.append(one, "c");
        awaitNumbers(receiver, one, 1, 2, 3);
    }

    @Test
    void hurriesWhenATestWasTaken() {
        // Given
        receiver.answers(500);
        var unused = rig.startReplica(chat);
        rig.append(one, "a");
        rig.awaitFailure("chat", "answered 500");
        receiver.answers(200);

        // When
        rig.store.tested("chat", true, fact(), rig.clock.instant());

        // Then
        awaitNumbers(receiver, one, 1, 1);
    }

    private Fact fact() {
        return new Fact(
                new AuditScope.OfRequests(),
                rig.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS),
                "olga",
                "redeliver webhook",
                "chat",
                "ACCEPTED");
    }
}
