package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run of a command by one process under a lease: act after act, with everything that can happen in between. */
final class CommandRun implements Access {
    /** A run's own deadline is taken before the statement that grants the lease, so it ends first. */
    private static final int MARGIN = 20;

    private static final Rejected TRANSIENT = Rejected.of(ErrorCode.UNEXPECTED, "as the dice fell");
    private static final Rejected NEEDS_OPERATOR = Rejected.of(ErrorCode.PERMISSION_MISSING, "as the dice fell");
    private static final Rejected PERMANENT = Rejected.of(ErrorCode.SPEC_INVALID, "as the dice fell");

    private final Chance chance;
    private final Service service;
    private final Replica replica;
    private final Inbox.Command inboxRow;
    private final long epoch;
    private final long claimedAt;
    private final List<Act> acts;
    private int next;
    private long term = Inbox.NEVER;
    private boolean cancelled;
    private boolean dead;
    private boolean asked;
    private Object memory = "nothing read yet";
    private Optional<Reply> reply = Optional.empty();

    CommandRun(Chance chance, Service service, Replica replica, Inbox.Command inboxRow, boolean cancelled) {
        this.chance = chance;
        this.service = service;
        this.replica = replica;
        this.inboxRow = inboxRow;
        this.epoch = inboxRow.epoch();
        this.claimedAt = chance.agenda().now();
        this.acts = service.actsOf(inboxRow.letter());
        this.cancelled = cancelled;
    }

    Replica replica() {
        return replica;
    }

    Inbox.Command inboxRow() {
        return inboxRow;
    }

    long claimedAt() {
        return claimedAt;
    }

    void cancel() {
        cancelled = true;
    }

    void die() {
        dead = true;
    }

    void stopBeating() {
        if (term == Inbox.NEVER) {
            term = service.stopBeating(this) - MARGIN;
        }
    }

    /** After a nap that was shorter than the lease. */
    void beatAgain() {
        if (chance.agenda().now() < term) {
            term = Inbox.NEVER;
            service.stores().inbox().lease(inboxRow, epoch, Inbox.NEVER);
        }
    }

    void goOnSoon() {
        chance.soon(5, 400, this::goOn);
    }

    private void goOn() {
        long now = chance.agenda().now();
        if (dead) {
            return;
        }
        if (now < replica.asleepUntil()) {
            chance.agenda().at(replica.asleepUntil(), this::goOn);
            return;
        }
        boolean lost = now >= term;
        if (reply.isEmpty() && lost && !asked) {
            leave("lost its lease");
        } else if (!fails(inboxRow.letter().row())) {
            proceed();
        }
    }

    private void proceed() {
        if (reply.isPresent()) {
            end(reply.get());
        } else if (cancelled && !asked) {
            end(service.cancelled());
        } else {
            act();
        }
    }

    private boolean fails(Row row) {
        if (chance.faults().strike(FaultKind.CRASHED, row)) {
            service.kill(replica, false);
            return true;
        }
        if (chance.faults().strike(FaultKind.RESTARTED, row)) {
            service.kill(replica, true);
            return true;
        }
        if (chance.faults().strike(FaultKind.SUSPENDED, row)) {
            asked = chance.dice().oneIn(2);
            service.suspend(replica, nap());
            chance.agenda().at(replica.asleepUntil(), this::goOn);
            return true;
        }
        if (chance.faults().strike(FaultKind.LEASE_OVER, row)) {
            stopBeating();
        }
        return reply.isEmpty() && isRefused(row);
    }

    /** Short, longer than a lease, or longer than all that is left of the migration. */
    private long nap() {
        return switch (chance.dice().below(6)) {
            case 0 -> chance.dice().between(100, 5_000);
            case 1 -> chance.dice().between(3_600_000, 400_000_000);
            default -> chance.dice().between(6_000, 120_000);
        };
    }

    private boolean isRefused(Row row) {
        if (chance.faults().strike(FaultKind.TRANSIENT, row)) {
            end(TRANSIENT);
        } else if (chance.faults().strike(FaultKind.NEEDS_OPERATOR, row)) {
            end(NEEDS_OPERATOR);
        } else if (chance.faults().strike(FaultKind.PERMANENT, row)) {
            end(PERMANENT);
        } else {
            return false;
        }
        return true;
    }

    private void act() {
        asked = false;
        try {
            if (next == 0) {
                attach();
            }
            switch (acts.get(next).apply(this)) {
                case Act.Next.Onward _ -> {
                    next++;
                    goOnSoon();
                }
                case Act.Next.Again(long millis) -> chance.agenda().in(millis, this::goOn);
                case Act.Next.Done(Reply answer) -> {
                    reply = Optional.of(answer);
                    goOnSoon();
                }
            }
        } catch (LeaseLostException e) {
            leave("is refused, " + e.getMessage());
        }
    }

    /** The first contact: from then on the outside refuses earlier runs. */
    private void attach() {
        if (service.stores().fence().admits(inboxRow, epoch)) {
            service.witness().began(service.name(), inboxRow.exclusiveKey(), inboxRow.token(epoch));
        }
    }

    private void end(Reply answer) {
        Reply said = cancelled && answer instanceof Rejected ? service.cancelled() : answer;
        if (service.end(this, said)) {
            service.release(this);
        } else {
            leave("throws its answer away");
        }
    }

    private void leave(String why) {
        dead = true;
        if (chance.trace().isOn()) {
            chance.trace()
                    .say(replica.name() + " " + why + ": " + inboxRow.letter().id() + ", epoch " + epoch);
        }
        service.giveBack(this);
        service.release(this);
    }

    @Override
    public String command() {
        return inboxRow.letter().id();
    }

    @Override
    public Instant now() {
        return chance.agenda().instant();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void requireCurrent() {
        if (!service.stores().fence().admits(inboxRow, epoch)) {
            service.witness().refused();
            throw new LeaseLostException("the outside has seen a later run");
        }
        service.witness().wrote(service.name(), inboxRow.exclusiveKey(), inboxRow.token(epoch));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T recordBefore(String effect, T before) {
        requireHeld();
        service.stores().journal().record(effect, before);
        return (T) before((String) effect, before.getClass()).orElseThrow();
    }

    @Override
    public <T> Optional<T> before(String effect, Class<T> type) {
        return service.stores().journal().find(effect).map(type::cast);
    }

    @Override
    public void forget(String effect) {
        requireHeld();
        service.stores().journal().forget(effect);
    }

    @Override
    public void remember(Object read) {
        memory = read;
    }

    @Override
    public <T> T remembered(Class<T> type) {
        return type.cast(memory);
    }

    private void requireHeld() {
        if (!service.stores().inbox().isHeld(inboxRow, epoch)) {
            throw new LeaseLostException("another run has the command");
        }
    }
}
