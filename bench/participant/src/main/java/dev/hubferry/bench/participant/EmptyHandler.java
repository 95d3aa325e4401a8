package dev.hubferry.bench.participant;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.Reply;
import dev.hubferry.messaging.CommandHandler;
import dev.hubferry.messaging.Execution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Answers every command at once, and does nothing. */
@ApplicationScoped
class EmptyHandler implements CommandHandler<Command> {
    private final Clock clock;

    EmptyHandler(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Class<Command> commandType() {
        return Command.class;
    }

    @Override
    public String exclusiveKey(Command command) {
        return ExclusiveKeys.of(command);
    }

    @Override
    public Reply handle(Command command, Execution execution) throws InterruptedException {
        execution.ensureHeld();
        return switch (Temper.of(command)) {
            case WELL -> Answers.to(command, clock.instant());
            case CRASHES -> throw new IllegalStateException("this hub's commands crash");
            case UNREADABLE -> Answers.unreadable();
            case CRAWLS -> {
                // Until the lease is lost or the command is cancelled.
                new CountDownLatch(1).await();
                throw new IllegalStateException("a latch that nobody opens is open");
            }
        };
    }
}
