package dev.hubferry.dns.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.dns.domain.ChangeJournal;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneRecord;
import dev.hubferry.dns.domain.ZoneTurns;
import dev.hubferry.dns.domain.ZoneTurns.Turn;
import dev.hubferry.dns.domain.ZoneTurns.UnfinishedWrite;
import dev.hubferry.dns.domain.ZoneWork;
import dev.hubferry.testbed.SharedParts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class PostgresZoneTurnsTest {

    private static final DomainName ZONE = DomainName.of("example.org");
    private static final UnfinishedWrite WRITE = new UnfinishedWrite(
            Instant.parse("2026-03-01T12:00:00Z"),
            new Zone(
                    ZONE,
                    "MX",
                    List.of(
                            ZoneRecord.of("hub", "A", "192.0.2.1", 1799),
                            new ZoneRecord("@", "MX", "mail.example.net", 300, 5))));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration OVER_AT_ONCE = Duration.ZERO;

    private final DataSource dataSource = freshDatabase();

    private static DataSource freshDatabase() {
        String database = "turns_" + UUID.randomUUID().toString().substring(0, 8);
        SharedParts.postgres().createDatabase(database);
        DataSource fresh = SharedParts.postgres().dataSource(database);
        Flyway.configure().dataSource(fresh).locations("db/dns").load().migrate();
        return fresh;
    }

    @Test
    void letsTheNextOneInWhenTheTurnIsClosed() throws InterruptedException {
        // Given
        Turn first = turns(LONG).await(ZONE, new Run("m-1/a", 1));
        AtomicInteger waits = new AtomicInteger();
        ZoneTurns other = new PostgresZoneTurns(
                dataSource,
                _ -> {
                    if (waits.incrementAndGet() == 3) {
                        first.close();
                    }
                },
                LONG);
        // When
        other.await(ZONE, new Run("m-2/a", 1)).extend();
        // Then
        assertThat(waits).hasValue(3);
        assertThatThrownBy(first::extend).isInstanceOf(DnsAccessException.class);
    }

    @Test
    void keepsZonesApart() throws InterruptedException {
        // Given, When
        Turn one = turns(LONG).await(ZONE, new Run("m-1/a", 1));
        Turn other = turns(LONG).await(DomainName.of("example.net"), new Run("m-2/a", 1));
        // Then
        one.extend();
        other.extend();
    }

    @Test
    void remembersAWriteForWhoeverComesNext() throws InterruptedException {
        // Given
        try (Turn first = turns(LONG).await(ZONE, new Run("m-1/a", 1))) {
            first.writeBegins(WRITE);
        }
        // When, Then
        try (Turn next = turns(LONG).await(ZONE, new Run("m-2/a", 1))) {
            assertThat(next.unfinishedWrite()).contains(WRITE);
            next.writeEnded();
            assertThat(next.unfinishedWrite()).isEmpty();
        }
    }

    @Test
    void refusesAWriteOfAProcessThatSleptUntilAnotherHadItsTurn() throws InterruptedException {
        // Given
        Turn asleep = turns(OVER_AT_ONCE).await(ZONE, new Run("m-1/a", 1));
        // When
        Turn next = turns(LONG).await(ZONE, new Run("m-2/a", 1));
        // Then
        assertThatThrownBy(() -> asleep.writeBegins(WRITE))
                .isInstanceOf(DnsAccessException.class)
                .hasMessageContaining("nothing more was written");
        next.writeBegins(WRITE);
        asleep.writeEnded();
        asleep.close();
        assertThat(next.unfinishedWrite()).contains(WRITE);
        next.extend();
    }

    @Test
    void givesALaterRunTheTurnOfItsEarlierOneAndNotTheOtherWayAround() throws InterruptedException {
        // Given
        Turn first = turns(LONG).await(ZONE, new Run("m-1/a", 1));
        // When
        Turn second = turns(LONG).await(ZONE, new Run("m-1/a", 2));
        // Then
        assertThatThrownBy(() -> first.writeBegins(WRITE)).isInstanceOf(DnsAccessException.class);
        second.close();
        ZoneTurns impatient = new PostgresZoneTurns(
                dataSource,
                _ -> {
                    throw new InterruptedException("it has to wait");
                },
                LONG);
        assertThatThrownBy(() -> impatient.await(ZONE, new Run("m-1/a", 1)))
                .hasMessage("it has to wait")
                .isInstanceOf(InterruptedException.class);
    }

    private ZoneTurns turns(Duration lasts) {
        return new PostgresZoneTurns(
                dataSource,
                _ -> {
                    throw new AssertionError("nobody had to wait");
                },
                lasts);
    }

    /** One run of a command that is never taken from it. */
    private record Run(String command, long epoch) implements ZoneWork {

        @Override
        public void ensureHeld() {}

        @Override
        public void ensureHeldByDatabase() {}

        @Override
        public void reportServers(String activity, int ready, int all) {}

        @Override
        public ChangeJournal journal() {
            throw new UnsupportedOperationException("turns need no journal");
        }
    }
}
