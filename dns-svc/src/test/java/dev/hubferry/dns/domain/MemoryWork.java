package dev.hubferry.dns.domain;

/** A run that never ends early, with a journal in memory; for tests outside the domain. */
public final class MemoryWork implements ZoneWork {

    private final FakeWork work = new FakeWork(new Crashes(), "m-1/step");

    @Override
    public void ensureHeld() {
        work.ensureHeld();
    }

    @Override
    public void ensureHeldByDatabase() {
        work.ensureHeldByDatabase();
    }

    @Override
    public String command() {
        return work.command();
    }

    @Override
    public long epoch() {
        return work.epoch();
    }

    @Override
    public void reportServers(String activity, int ready, int all) {
        work.reportServers(activity, ready, all);
    }

    @Override
    public ChangeJournal journal() {
        return work;
    }
}
