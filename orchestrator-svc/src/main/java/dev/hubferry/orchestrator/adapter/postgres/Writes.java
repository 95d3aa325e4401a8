package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Outbox.Addressed;
import dev.hubferry.orchestrator.adapter.postgres.EventTable.Entry;
import dev.hubferry.orchestrator.adapter.postgres.MigrationTable.Saved;
import dev.hubferry.orchestrator.adapter.postgres.MigrationTable.Written;
import dev.hubferry.orchestrator.adapter.postgres.TimerTable.Owned;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a transaction says and saves of migrations, put off to its end: then each table has one statement, however many migrations went
 * on, and each migration one new state, however often it did.
 */
final class Writes {
    private final OutgoingMessages messages;
    private final Traces traces;
    private final Instant begun;
    private final Map<MigrationId, SagaState> standing = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<MigrationId, Saved> saved = new LinkedHashMap<>();
    private final Map<Owned, Optional<Instant>> timers = new LinkedHashMap<>();
    private final Map<MigrationId, Queued> slots = new LinkedHashMap<>();
    private final Set<MigrationId> ended = new LinkedHashSet<>();
    private final Map<MigrationId, Written> written = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    /** One migration, one step onwards from what it was. */
    private record Step(MigrationId migration, Optional<SagaState> before, Advance advance, Instant at) {}

    /** What somebody who asked by event is told. */
    private record Answer(EventRequest request, EventAnswer answer, Instant at) {}

    /** All that a migration waits for and has. */
    private record Queued(List<SlotUse> uses, Instant at) {}

    Writes(OutgoingMessages messages, Traces traces) {
        this.messages = messages;
        this.traces = traces;
        this.begun = traces.now();
    }

    /** What a migration is before anything is written. */
    void found(SagaState state) {
        standing.put(state.subject().migration(), state);
    }

    /** Where in a trace this transaction is, and a migration that begins in it. */
    Optional<TraceParent> here() {
        return traces.here();
    }

    /** The first step of a migration whose row, with this state and as many events, is there already. */
    void created(Advance first, Instant now) {
        add(first, now);
    }

    void advanced(Advance advance, Instant now) {
        saved.merge(
                advance.state().subject().migration(),
                new Saved(advance.state(), advance.events().size(), now),
                Saved::then);
        add(advance, now);
    }

    void dropTimer(MigrationId migration, TimerKey key) {
        timers.put(new Owned(migration, key), Optional.empty());
    }

    void answered(EventRequest request, EventAnswer answer, Instant at) {
        answers.add(new Answer(request, answer, at));
    }

    private void add(Advance advance, Instant now) {
        MigrationId migration = advance.state().subject().migration();
        steps.add(new Step(migration, Optional.ofNullable(standing.put(migration, advance.state())), advance, now));
        advance.timers().forEach(alarm -> timers.put(new Owned(migration, alarm.key()), Optional.of(alarm.dueAt())));
        advance.slots().ifPresent(uses -> slots.put(migration, new Queued(uses, now)));
        switch (advance.state()) {
            case SagaState.Completed _, SagaState.RolledBack _ -> ended.add(migration);
            case SagaState.Running _, SagaState.Compensating _, SagaState.Parked _ -> {}
        }
    }

    /** The migrations that went on. */
    Set<MigrationId> migrations() {
        return steps.stream().map(Step::migration).collect(Collectors.toSet());
    }

    /** In their order; to be asked after the commit. */
    List<Movement> movements() {
        return steps.stream()
                .map(step -> new Movement(step.before(), step.advance(), step.at(), begun, trace(step.migration())))
                .toList();
    }

    private Optional<TraceParent> trace(MigrationId migration) {
        if (!traces.on()) {
            return Optional.empty();
        }
        Written row = written.get(migration);
        return row == null ? here() : row.trace();
    }

    /** Whether something leaves that is about no migration. */
    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Whether anybody's slots are other than before. */
    boolean slotsChanged() {
        return !slots.isEmpty();
    }

    /** When the first of the timers that were set is due. */
    Optional<Instant> firstDue() {
        return timers.values().stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** To be called after the commit. */
    void tell(KnownStates states) {
        Map<MigrationId, String> versions = new HashMap<>();
        written.forEach((migration, row) -> versions.put(migration, row.version()));
        states.saved(saved.values(), versions);
    }

    /** Writes everything. */
    void flush(Connection connection) throws SQLException {
        if (!saved.isEmpty()) {
            written.putAll(MigrationTable.update(connection, saved.values()));
        }
        say(connection);
        for (Answer answer : answers) {
            messages.answer(connection, answer.request(), answer.answer(), answer.at());
        }
        setTimers(connection);
        for (Map.Entry<MigrationId, Queued> queued : slots.entrySet()) {
            Queued now = queued.getValue();
            SlotTable.put(connection, queued.getKey(), now.uses(), now.at());
        }
        if (!ended.isEmpty()) {
            LockTable.release(connection, ended);
            TimerTable.deleteAll(connection, ended);
        }
    }

    private void say(Connection connection) throws SQLException {
        Map<MigrationId, Long> numbers = numbersBefore();
        List<Entry> entries = new ArrayList<>();
        List<Addressed> addressed = new ArrayList<>();
        for (Step step : steps) {
            List<NumberedEvent> events = numbered(step, numbers);
            events.forEach(event -> entries.add(new Entry(step.migration(), event)));
            Optional<TraceParent> trace = trace(step.migration());
            addressed.addAll(messages.commands(step.migration(), step.advance().outgoing(), step.at(), trace));
            if (!PlanHub.isIdOfPlan(step.advance().state().subject().definition())) {
                addressed.addAll(messages.events(step.migration(), events, trace));
            }
        }
        EventTable.insert(connection, entries);
        messages.add(connection, addressed);
    }

    /** The number of each migration's last event before this transaction. */
    private Map<MigrationId, Long> numbersBefore() {
        Map<MigrationId, Long> counts = new HashMap<>();
        steps.forEach(step ->
                counts.merge(step.migration(), (long) step.advance().events().size(), Long::sum));
        counts.replaceAll((migration, count) -> {
            Written row = written.get(migration);
            return row == null ? 0 : row.lastEvent() - count;
        });
        return counts;
    }

    private static List<NumberedEvent> numbered(Step step, Map<MigrationId, Long> numbers) {
        List<NumberedEvent> numbered = new ArrayList<>();
        for (MigrationEvent event : step.advance().events()) {
            long number = numbers.merge(step.migration(), 1L, Long::sum);
            numbered.add(new NumberedEvent(number, step.at(), event));
        }
        return numbered;
    }

    private void setTimers(Connection connection) throws SQLException {
        List<Owned> dropped = new ArrayList<>();
        Map<Owned, Instant> set = new LinkedHashMap<>();
        timers.forEach((timer, due) -> due.ifPresentOrElse(at -> set.put(timer, at), () -> dropped.add(timer)));
        if (!dropped.isEmpty()) {
            TimerTable.delete(connection, dropped);
        }
        set.keySet().removeIf(timer -> ended.contains(timer.migration()));
        if (!set.isEmpty()) {
            TimerTable.upsert(connection, set);
        }
    }
}
