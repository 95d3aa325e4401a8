package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where migrations are kept, and what goes out with a change of one: all of a transaction, or nothing. It knows whose definition this
 * process knows ({@link Kept.Ours}); of all others it neither locks anything nor reads the state.
 */
public interface MigrationStore {
    /** What {@code work} writes stands when this returns; nothing of it when it throws. */
    <T> T inTransaction(Function<Transaction, T> work);

    Optional<Kept> find(MigrationId migration);

    /** A migration together with the number of its last event, as both are at one moment. */
    Optional<Look> look(MigrationId migration);

    /** A migration on a definition that this process does not know; empty when it is ours, or not there. */
    Optional<Kept.NotOurs> notOurs(MigrationId migration);

    /** A page of those that a query wants, in its order, without dry runs. */
    List<Kept> list(ListQuery query);

    /** The history of a migration: events with a number above {@code after}, in order. */
    List<NumberedEvent> events(MigrationId migration, long after, int limit);

    /** What people asked of a migration, and the end that its chain has by the word of the migration's row. */
    Audit audit(MigrationId migration);

    /** What was refused and belongs to no migration, and the end of its chain. */
    Audit auditOfRequests();

    /** Whether the same person was refused the same for the same reason at {@code since} or later. */
    boolean auditHas(AuditEntry.Fact fact, Instant since);

    /** Those of ours that have timers due, those that wait longest first. */
    List<MigrationId> withDueTimers(Instant now, int limit);

    /** When the next timer of ours is due. */
    Optional<Instant> nextTimer();

    /** Who waits for slots or has them. */
    List<Place> places();

    /**
     * The writing side, inside one transaction. States, events, messages, timers and slots may be written at its end only: no read here
     * shows them.
     */
    interface Transaction {
        /** Lets one request with this key after the other look for it; before anything else is locked. */
        void serializeKey(IdempotencyKey key);

        /** Lets one request after the other look at locks in the way of these resources. */
        void serializeResources(Set<String> resources);

        Optional<KeyUse> findKey(String key, String principal);

        /** Locks of other migrations that stand in the way of {@code resources}. */
        List<Conflict> conflicts(Set<String> resources);

        /** A new migration with its locks, first commands, timers and history. */
        void create(Advance first, Set<String> resources, Optional<IdempotencyKey> key, Instant now);

        /** Keeps beside a new dry run what others held then of what it is about. */
        void keepPlan(MigrationId plan, List<Conflict> held);

        /** A migration; if it is ours, nobody else changes it until the transaction ends. */
        Optional<Kept> lock(MigrationId migration);

        /**
         * Those that are not ours, and those of ours that nobody else is changing; nobody will until the transaction ends. Never waits.
         */
        List<Kept> lockFree(Collection<MigrationId> migrations);

        /** Those that were not handled before. */
        Set<MessageId> firstTimes(Collection<MessageId> messages);

        /** False when the message was handled before. */
        boolean firstTime(MessageId message);

        /** A step onwards: the state, its history and public events, what is sent, timers; the locks are free when it has ended well. */
        void advance(Advance advance, Instant now);

        /** Remembers that a key was used for a migration. */
        void keepKey(IdempotencyKey key, MigrationId migration, Instant now);

        /** Lets one after the other add to the audit of requests that belong to no migration. */
        void lockAuditOfRequests();

        /** As {@link MigrationStore#auditHas}. */
        boolean auditHas(AuditEntry.Fact fact, Instant since);

        /** Puts down what a person asked for, behind what is there; its migration, or the audit of requests, must be locked. */
        void audit(AuditEntry.Fact fact);

        /** Lets one request that came by event and has this id after the other look for its answer; before anything else is locked. */
        void serializeRequest(EventRequest request);

        Optional<EventRequests.Answered> findAnswer(String requester, String id);

        void keepAnswer(EventRequest request, EventAnswer answer, Instant now);

        /** Says it to whoever asked, after the commit. */
        void answer(EventRequest request, EventAnswer answer, Instant at);

        /** A plan of ours that was asked for by event, has ended, and whose verdict was not told; nobody else tells it. */
        Optional<EventRequests.OpenPlan> lockEndedPlan();

        void closePlan(EventRequest request);

        /** How many were forgotten. */
        int forgetAnswers(Instant before, int limit);

        /** Keeps why an event changed nothing. */
        void ignored(MigrationId migration, String reason, Instant now);

        /**
         * The states of migrations, locked, with their due timers, earliest first; without those that another transaction holds, or
         * that are not ours.
         */
        List<Due> lockDue(Collection<MigrationId> migrations, Instant now);

        void dropTimer(MigrationId migration, TimerKey key);

        /** Lets one grant of slots after the other look at who has them. */
        void serializeGrants();

        /** As {@link MigrationStore#places}. */
        List<Place> places();
    }

    /** @param migration what the key was used for first */
    record KeyUse(MigrationId migration, String bodyHash) {}

    /**
     * @param resource what is wanted
     * @param held what the other migration holds
     * @param by the other migration
     */
    record Conflict(String resource, String held, MigrationId by) {}

    /** @param entries in their order */
    record Audit(List<AuditEntry> entries, AuditChain.End end) {}

    /** @param lastEvent the number of the last event that the state is the outcome of */
    record Look(Kept kept, long lastEvent) {}

    record Due(SagaState state, List<TimerKey> timers) {}

    /** @param sequence from 1 without gaps */
    record NumberedEvent(long sequence, Instant at, MigrationEvent event) {}
}
