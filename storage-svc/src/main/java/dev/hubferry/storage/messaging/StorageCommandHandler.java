package dev.hubferry.storage.messaging;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageCommand.CheckHomes;
import dev.hubferry.contracts.StorageCommand.CloseRoute;
import dev.hubferry.contracts.StorageCommand.ConfirmQuiet;
import dev.hubferry.contracts.StorageCommand.OpenRoute;
import dev.hubferry.contracts.StorageCommand.SeedHomes;
import dev.hubferry.contracts.StorageCommand.SyncFinal;
import dev.hubferry.contracts.StorageCommand.VerifyHomes;
import dev.hubferry.contracts.StorageReply.RouteClosed;
import dev.hubferry.contracts.StorageReply.RouteOpened;
import dev.hubferry.messaging.CommandHandler;
import dev.hubferry.messaging.Execution;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.RouteKeeper;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import jakarta.enterprise.context.ApplicationScoped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One method per command: call the use case, map to a reply. */
@ApplicationScoped
class StorageCommandHandler implements CommandHandler<StorageCommand> {
    private static final Logger LOG = LoggerFactory.getLogger(StorageCommandHandler.class);

    private final UseCases useCases;

    StorageCommandHandler(UseCases useCases) {
        this.useCases = useCases;
    }

    @Override
    public Class<StorageCommand> commandType() {
        return StorageCommand.class;
    }

    /** What is written is the target's directory. */
    @Override
    public String exclusiveKey(StorageCommand command) {
        return command.target().lockKey();
    }

    @Override
    public Reply handle(StorageCommand command, Execution execution) throws InterruptedException {
        Route route = new Route(
                execution.envelope().migration(),
                command.source(),
                command.target(),
                command.options().orElse(HomesOptions.NONE));
        try {
            return reply(command, route, execution);
        } catch (Refusal refusal) {
            LOG.info("refused: {}", refusal.getMessage(), refusal);
            return refusal.rejected();
        }
    }

    private Reply reply(StorageCommand command, Route route, Execution execution) throws InterruptedException {
        CommandRun run = new ExecutionRun(execution);
        return switch (command) {
            case CheckHomes check ->
                useCases.checkHomes().check(check.source(), check.target(), check.existing(), route.options());
            case OpenRoute _ -> openRoute(route, run);
            case SeedHomes seed -> useCases.seedHomes().seed(route, seed.existing(), seed.activeFirst(), run);
            case SyncFinal sync -> useCases.syncFinal().sync(route, sync.onLateWrites(), run);
            case VerifyHomes _ -> useCases.verifyHomes().verify(route, run);
            case ConfirmQuiet _ -> useCases.confirmQuiet().confirm(route, run);
            case CloseRoute _ -> closeRoute(route, run, execution);
        };
    }

    private Reply openRoute(Route route, CommandRun run) throws InterruptedException {
        RouteKeeper keeper = useCases.routeKeeper();
        return new RouteOpened(keeper.open(route, run));
    }

    private Reply closeRoute(Route route, CommandRun run, Execution execution) throws InterruptedException {
        RouteKeeper keeper = useCases.routeKeeper();
        return new RouteClosed(keeper.close(route, run, afterwards(execution)));
    }

    /** As a step of its own, after the soak, it ends a migration; as an undo it takes one back. */
    private static HomesAfterwards afterwards(Execution execution) {
        boolean undone = execution
                .envelope()
                .step()
                .map(step -> step.direction() == StepRef.Direction.UNDO)
                .orElse(true);
        return undone ? HomesAfterwards.STAY_MARKED : HomesAfterwards.HANDED_OVER;
    }
}
