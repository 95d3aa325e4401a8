package dev.hubferry.dns.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run with a journal in memory that outlives it. */
final class FakeWork implements ZoneWork, ChangeJournal {

    private final Crashes crashes;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<DomainName, Instant> propagated = new HashMap<>();
    private final List<String> reports = new ArrayList<>();
    private final String command;
    private boolean lost;

    FakeWork(Crashes crashes, String command) {
        this.crashes = crashes;
        this.command = command;
    }

    List<String> reports() {
        return reports;
    }

    /** Another replica has taken the command over. */
    void loseLease() {
        lost = true;
    }

    boolean isEmpty() {
        return entries.isEmpty() && propagated.isEmpty();
    }

    @Override
    public void ensureHeld() {
        crashes.step("ensureHeld");
        if (lost) {
            throw new Crashes.Crash("the lease is lost");
        }
    }

    @Override
    public void ensureHeldByDatabase() {
        ensureHeld();
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public void reportServers(String activity, int ready, int all) {
        reports.add(ready + " of " + all);
    }

    @Override
    public ChangeJournal journal() {
        return this;
    }

    @Override
    public Optional<Entry> find(Change change, DomainName name) {
        crashes.step("find");
        return Optional.ofNullable(entries.get(change + " " + name));
    }

    @Override
    public void record(Change change, DomainName name, Entry entry) {
        crashes.step("before record");
        entries.put(change + " " + name, entry);
        crashes.step("after record");
    }

    @Override
    public void forget(Change change, DomainName name) {
        crashes.step("before forget");
        entries.remove(change + " " + name);
        crashes.step("after forget");
    }

    @Override
    public Instant propagated(DomainName name, Instant now) {
        return propagated.computeIfAbsent(name, _ -> now);
    }

    @Override
    public void forgetPropagated(DomainName name) {
        propagated.remove(name);
    }
}
