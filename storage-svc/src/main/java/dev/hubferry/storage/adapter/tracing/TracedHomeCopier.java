package dev.hubferry.storage.adapter.tracing;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.HomeCopier;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.trace.Traces;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells each pass over homes with what it brought: one span for all of its homes and workers. */
public final class TracedHomeCopier implements HomeCopier {
    private final HomeCopier copier;
    private final Traces traces;

    public TracedHomeCopier(HomeCopier copier, Traces traces) {
        this.copier = copier;
        this.traces = traces;
    }

    private interface Pass<T> {
        T follow(Traces.Call call) throws InterruptedException;
    }

    @Override
    public List<FinishedPass> finished(Route route, String command) throws InterruptedException {
        return copier.finished(route, command);
    }

    @Override
    public Optional<FinishedPass> resume(Route route, CommandRun run) throws InterruptedException {
        // Only a final pass is waited for without being asked for anew.
        return traced(Kind.FINAL, call -> {
            Optional<FinishedPass> pass = copier.resume(route, run);
            pass.ifPresent(finished -> say(call, finished));
            return pass;
        });
    }

    @Override
    public FinishedPass run(Route route, PassOrder order, CommandRun run) throws InterruptedException {
        return traced(order.kind(), call -> {
            FinishedPass pass = copier.run(route, order, run);
            say(call, pass);
            return pass;
        });
    }

    private <T> T traced(Kind kind, Pass<T> pass) throws InterruptedException {
        try (Traces.Call call = traces.call("pass " + kind.name().toLowerCase(Locale.ROOT), Map.of())) {
            try {
                return pass.follow(call);
            } catch (Refusal e) {
                call.failed(e.rejected().code().name());
                throw e;
            }
        }
    }

    private static void say(Traces.Call call, FinishedPass pass) {
        PassReport report = pass.report();
        call.say("hubferry.pass.number", report.number())
                .say("hubferry.pass.entries", report.entries())
                .say("hubferry.pass.files", report.filesSent())
                .say("hubferry.pass.bytes", report.bytesSent())
                .say("hubferry.pass.deleted", report.deleted())
                .say("hubferry.pass.complete", pass.incomplete().isEmpty());
    }
}
