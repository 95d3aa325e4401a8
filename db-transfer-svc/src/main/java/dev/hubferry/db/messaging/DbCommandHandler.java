package dev.hubferry.db.messaging;

import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.Reply;
import dev.hubferry.db.domain.CheckDatabase;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.RestoreTargetDatabase;
import dev.hubferry.db.domain.Task;
import dev.hubferry.db.domain.TransferDatabase;
import dev.hubferry.messaging.CommandHandler;
import dev.hubferry.messaging.Execution;
import jakarta.enterprise.context.ApplicationScoped;

/** From a command to its use case to its reply. */
@ApplicationScoped
public class DbCommandHandler implements CommandHandler<DbCommand> {
    private final CheckDatabase checkDatabase;
    private final TransferDatabase transferDatabase;
    private final RestoreTargetDatabase restoreTargetDatabase;

    /** Called by CDI. */
    public DbCommandHandler(
            CheckDatabase checkDatabase,
            TransferDatabase transferDatabase,
            RestoreTargetDatabase restoreTargetDatabase) {
        this.checkDatabase = checkDatabase;
        this.transferDatabase = transferDatabase;
        this.restoreTargetDatabase = restoreTargetDatabase;
    }

    @Override
    public Class<DbCommand> commandType() {
        return DbCommand.class;
    }

    @Override
    public String exclusiveKey(DbCommand command) {
        return command.target().lockKey();
    }

    @Override
    public Reply handle(DbCommand command, Execution execution) throws InterruptedException {
        Task task = new ExecutionTask(execution);
        try {
            return switch (command) {
                case DbCommand.CheckDatabase check -> check(check, task);
                case DbCommand.TransferDatabase transfer -> transfer(transfer, task);
                case DbCommand.RestoreTargetDatabase restore -> restore(restore, task);
            };
        } catch (Refusal refusal) {
            return refusal.rejected();
        }
    }

    private Reply check(DbCommand.CheckDatabase command, Task task) throws InterruptedException {
        return checkDatabase.check(command.source(), command.target(), command.consents(), task);
    }

    private Reply transfer(DbCommand.TransferDatabase command, Task task) throws InterruptedException {
        return transferDatabase.transfer(command.source(), command.target(), command.consents(), task);
    }

    private Reply restore(DbCommand.RestoreTargetDatabase command, Task task) throws InterruptedException {
        return restoreTargetDatabase.restore(command.source(), command.target(), task);
    }
}
