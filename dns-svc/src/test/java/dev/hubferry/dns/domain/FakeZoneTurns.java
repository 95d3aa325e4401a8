package dev.hubferry.dns.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Turns in memory for one thread: whoever would have to wait for another's turn fails the test. */
public final class FakeZoneTurns implements ZoneTurns {

    private final Crashes crashes;
    private final Map<DomainName, String> holders = new HashMap<>();
    private final Map<DomainName, UnfinishedWrite> writes = new HashMap<>();

    public FakeZoneTurns() {
        this(new Crashes());
    }

    FakeZoneTurns(Crashes crashes) {
        this.crashes = crashes;
    }

    boolean isEmpty() {
        return holders.isEmpty() && writes.isEmpty();
    }

    @Override
    public Turn await(DomainName zone, ZoneWork work) {
        crashes.step("before the turn");
        String holder = holders.putIfAbsent(zone, work.command());
        if (holder != null && !holder.equals(work.command())) {
            throw new AssertionError(work.command() + " would wait for the turn of " + holder);
        }
        return new FakeTurn(zone);
    }

    private final class FakeTurn implements Turn {
        private final DomainName zone;

        FakeTurn(DomainName zone) {
            this.zone = zone;
        }

        @Override
        public Optional<UnfinishedWrite> unfinishedWrite() {
            return Optional.ofNullable(writes.get(zone));
        }

        @Override
        public void extend() {
            crashes.step("extend");
        }

        @Override
        public void writeBegins(UnfinishedWrite write) {
            crashes.step("before writeBegins");
            writes.put(zone, write);
            crashes.step("after writeBegins");
        }

        @Override
        public void writeEnded() {
            crashes.step("before writeEnded");
            writes.remove(zone);
            crashes.step("after writeEnded");
        }

        @Override
        public void close() {
            holders.remove(zone);
        }
    }
}
