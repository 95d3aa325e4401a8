package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration LENGTH = Duration.ofSeconds(6);

    private Instant wall = Instant.parse("2026-11-22T10:00:00Z");
    private long nanos = -5;
    private final InstantSource source = () -> wall;
    private final LeaseClock clock = new LeaseClock(clockOf(source), () -> nanos);
    private final Lease lease = new Lease(clock, clock.term(LENGTH));

    private static Clock clockOf(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    @AfterEach
    void clearInterrupt() {
        lease.endRun();
    }

    @Test
    void isHeldUntilItsTermIsOver() {
        // When
        nanos += LENGTH.toNanos() - 1;
        // Then
        assertThat(lease.standing()).isInstanceOf(Standing.Held.class);
        nanos += 1;
        assertThat(lease.standing()).isInstanceOf(Standing.Lost.class);
    }

    @Test
    void isLostWhenTheMachineSleptAndTheMonotonicClockStoodStill() {
        // When
        wall = wall.plus(LENGTH);
        // Then
        assertThat(lease.standing()).isInstanceOf(Standing.Lost.class);
    }

    @Test
    void isLostWhenTheWallClockIsSetBackMeanwhile() {
        // When
        wall = wall.minusSeconds(3600);
        nanos += LENGTH.toNanos();
        // Then
        assertThat(lease.standing()).isInstanceOf(Standing.Lost.class);
    }

    @Test
    void staysLostWhenAHeartbeatComesTooLate() {
        // Given
        nanos += LENGTH.toNanos();
        // When
        lease.extend(clock.term(LENGTH));
        // Then
        assertThat(lease.standing()).isInstanceOf(Standing.Lost.class);
    }

    @Test
    void lastsFromHeartbeatToHeartbeat() {
        for (int beat = 0; beat < 10; beat++) {
            // When
            nanos += LENGTH.toNanos() / 2;
            lease.extend(clock.term(LENGTH));
            // Then
            assertThat(lease.standing()).isInstanceOf(Standing.Held.class);
        }
    }

    @Test
    void interruptsItsRunWhenItIsCancelledAndAgainWhenItIsLost() {
        // Given
        lease.startIn(Thread.currentThread());
        // When
        lease.cancel();
        // Then
        assertThat(Thread.interrupted()).isTrue();
        lease.cancel();
        assertThat(Thread.interrupted()).isFalse();
        lease.lose("a test");
        assertThat(Thread.interrupted()).isTrue();
        lease.cancel();
        assertThat(lease.standing()).isEqualTo(new Standing.Lost("a test"));
    }

    @Test
    void interruptsARunThatStartsTooLate() {
        // Given
        lease.lose("a test");
        // When
        lease.startIn(Thread.currentThread());
        // Then
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void leavesTheThreadAloneAfterTheRun() {
        // Given
        lease.startIn(Thread.currentThread());
        lease.cancel();
        // When
        lease.endRun();
        lease.lose("a test");
        // Then
        assertThat(Thread.interrupted()).isFalse();
    }
}
