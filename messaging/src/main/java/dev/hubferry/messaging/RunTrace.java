package dev.hubferry.messaging;

import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.messaging.InboxTable.Claim;
import dev.hubferry.messaging.InboxTable.Gone;
import dev.hubferry.messaging.Meters.Outcome;
import dev.hubferry.trace.Told;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The span of one run of a command, in the trace that the command came with; without one there is none.
 *
 * <p>A run's place follows from the command's id and the run's number, so its calls can name it as their parent before it is told, and
 * the run that takes over tells of one that did not live to do so.
 */
final class RunTrace implements AutoCloseable {
    private final Traces traces;
    private final Envelope command;
    private final long epoch;
    private final Optional<TraceParent> parent;
    private final Instant start;
    private final Optional<Traces.Work> work;

    private RunTrace(Traces traces, Envelope command, long epoch, Optional<TraceParent> parent) {
        this.traces = traces;
        this.command = command;
        this.epoch = epoch;
        this.parent = parent;
        this.start = traces.now();
        this.work = place().map(traces::within);
    }

    /** Of the run that this thread begins. */
    static RunTrace begin(Traces traces, Claim claim, Envelope command) {
        RunTrace begun = new RunTrace(traces, command, claim.run().epoch(), traced(traces, claim.wire()));
        claim.gone().ifPresent(begun::tellOfTheOneBefore);
        return begun;
    }

    /** The trace that a message came with. */
    static Optional<TraceParent> traced(Traces traces, WireMessage message) {
        return traces.on() ? message.trace() : Optional.empty();
    }

    /** Where the run is in the trace. */
    Optional<TraceParent> place() {
        return place(epoch);
    }

    private Optional<TraceParent> place(long run) {
        return parent.map(at -> at.named("run/" + command.id() + "/" + run));
    }

    /** It has come to its end, and to nobody else's. */
    void tell(Optional<Message<Reply>> answer) {
        parent.ifPresent(at -> {
            Told told = told(at, epoch, start, traces.now())
                    .with("hubferry.outcome", outcome(answer))
                    .failed(answer.flatMap(RunTrace::code));
            Traces.Count calls = work.orElseThrow().calls();
            traces.tell(told.with(Map.of("hubferry.calls", calls.made(), "hubferry.calls.untold", calls.untold())));
        });
    }

    private void tellOfTheOneBefore(Gone gone) {
        parent.ifPresent(at -> traces.tell(told(at, epoch - 1, gone.startedAt(), gone.leaseUntil())
                .with("hubferry.outcome", "lost")
                .failed(Optional.of("LOST"))));
    }

    private Told told(TraceParent at, long run, Instant from, Instant to) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("hubferry.migration", command.migration().value());
        facts.put("hubferry.command", command.type());
        facts.put("hubferry.run", run);
        facts.put("hubferry.resumed", run > 1);
        command.step().ifPresent(step -> facts.putAll(facts(step)));
        return Told.of("run " + command.type(), Told.Kind.CONSUMER, at, from, to)
                .as(place(run).orElseThrow())
                .with(facts);
    }

    private static Map<String, Object> facts(StepRef step) {
        return Map.of(
                "hubferry.step", step.name(),
                "hubferry.direction", step.direction().wireName(),
                "hubferry.attempt", step.attempt());
    }

    private static String outcome(Optional<Message<Reply>> answer) {
        return answer.map(reply -> Outcome.of(reply.body()))
                .orElse(Outcome.UNANSWERED)
                .label();
    }

    private static Optional<String> code(Message<Reply> answer) {
        return answer.body() instanceof Rejected rejected
                ? Optional.of(rejected.code().name())
                : Optional.empty();
    }

    @Override
    public void close() {
        work.ifPresent(Traces.Work::close);
    }
}
