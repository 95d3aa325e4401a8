package dev.hubferry.messaging;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.Participant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Storage servers: {@code nfs-old} answers what a test wants, {@code nfs-new} shows that time passes. */
final class FakeConnections implements WatchedConnections {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger askedOther = new AtomicInteger();
    private final AtomicInteger atATime = new AtomicInteger();
    private final AtomicInteger mostAtATime = new AtomicInteger();
    private volatile Map<ConnectionKind, Set<String>> namedToo = Map.of();
    private volatile Callable<Finding> answer = () -> new Finding.Postponed("nobody has said what it answers");

    void answer(Callable<Finding> next) {
        answer = next;
    }

    void nameToo(Map<ConnectionKind, Set<String>> names) {
        namedToo = names;
    }

    int asked() {
        return asked.get();
    }

    /** How often {@code nfs-new} was asked. */
    int askedOther() {
        return askedOther.get();
    }

    int mostAtATime() {
        return mostAtATime.get();
    }

    @Override
    public Participant service() {
        return Participant.STORAGE;
    }

    @Override
    public ConnectionKind kind() {
        return ConnectionKind.STORAGE;
    }

    @Override
    public Set<String> names() {
        return Set.of("nfs-old", "nfs-new");
    }

    @Override
    public Map<ConnectionKind, Set<String>> namedToo() {
        return namedToo;
    }

    @Override
    public Finding ask(String name) throws InterruptedException {
        if (name.equals("nfs-new")) {
            askedOther.incrementAndGet();
            return new Finding.Postponed("not part of the test");
        }
        asked.incrementAndGet();
        mostAtATime.accumulateAndGet(atATime.incrementAndGet(), Math::max);
        try {
            return answer.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            atATime.decrementAndGet();
        }
    }
}
