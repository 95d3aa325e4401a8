package dev.hubferry.dns.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.dns.adapter.postgres.ZoneTurnTable.Holder;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.Pause;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneTurns;
import dev.hubferry.dns.domain.ZoneWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Turns as rows with an end, for all replicas: a process that sleeps, or dies and is not replaced, holds no zone for good. */
public final class PostgresZoneTurns implements ZoneTurns {

    private static final Logger LOG = Logger.getLogger(PostgresZoneTurns.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final DataSource dataSource;
    private final Pause pause;
    private final Duration lasts;

    /** @param lasts until a turn is lost that is not extended; longer than a read of a zone, with its wait for a free call, may take */
    public PostgresZoneTurns(DataSource dataSource, Pause pause, Duration lasts) {
        this.dataSource = dataSource;
        this.pause = pause;
        this.lasts = lasts;
    }

    @Override
    @Failpoint("dns.turn.take")
    public Turn await(DomainName zone, ZoneWork work) throws InterruptedException {
        Holder holder = new Holder(zone.value(), work.command(), work.epoch());
        work.ensureHeld();
        while (!query(connection -> ZoneTurnTable.take(connection, holder, lasts))) {
            pause.pause(BETWEEN_LOOKS);
            work.ensureHeld();
        }
        return new PostgresTurn(holder);
    }

    private <T> T query(Query<T> query) {
        try (Connection connection = dataSource.getConnection()) {
            return query.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("turns of zones cannot be kept", e);
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private final class PostgresTurn implements Turn {
        private final Holder holder;

        PostgresTurn(Holder holder) {
            this.holder = holder;
        }

        @Override
        public Optional<UnfinishedWrite> unfinishedWrite() {
            return query(connection -> ZoneTurnTable.write(connection, holder.zone()))
                    .map(write -> new UnfinishedWrite(write.at(), read(write.json())));
        }

        @Override
        @Failpoint("dns.turn.extend")
        public void extend() {
            requireMine(query(connection -> ZoneTurnTable.extend(connection, holder, lasts)));
        }

        @Override
        @Failpoint("dns.turn.write-begins")
        public void writeBegins(UnfinishedWrite write) {
            ZoneTurnTable.Write row = new ZoneTurnTable.Write(write.at(), json(write.wanted()));
            requireMine(query(connection -> ZoneTurnTable.beginWrite(connection, holder, lasts, row)));
        }

        @Override
        @Failpoint("dns.turn.write-ended")
        public void writeEnded() {
            var unused = query(connection -> ZoneTurnTable.endWrite(connection, holder));
        }

        /** Also when the run was interrupted, or the database is away: the turn then ends by itself. */
        @Override
        @Failpoint("dns.turn.free")
        public void close() {
            boolean interrupted = Thread.interrupted();
            try {
                var unused = query(connection -> ZoneTurnTable.free(connection, holder));
            } catch (IllegalStateException e) {
                LOG.warnf(e, "a zone stays taken until its turn is over zone=%s", holder.zone());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void requireMine(boolean mine) {
            if (!mine) {
                throw new DnsAccessException(
                        ErrorCode.ZONE_CHANGED,
                        "another run has taken its turn to write the zone " + holder.zone()
                                + " meanwhile, so nothing more was written");
            }
        }
    }

    private static String json(Zone zone) {
        try {
            return JSON.writeValueAsString(zone);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a zone as JSON", e);
        }
    }

    private static Zone read(String json) {
        try {
            return JSON.readValue(json, Zone.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table zone_turn holds something that is no zone", e);
        }
    }
}
