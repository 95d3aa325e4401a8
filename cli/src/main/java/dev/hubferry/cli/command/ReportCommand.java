package dev.hubferry.cli.command;

import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations report}. */
@Command(name = "report", description = "Tells what was done, moved and verified, and for how long the hub was down.")
final class ReportCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "of the migration")
    private String id = "";

    @Mixin
    private FileTarget target = new FileTarget();

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        target.check();
        Answer answer = api.get("migrations/" + ServerUrl.segment(id) + "/report");
        var report = answer.json();
        if (target.isWanted()) {
            terminal.note("written: " + target.write(answer.body()));
        }
        if (connection().json()) {
            terminal.raw(answer.text());
        } else {
            terminal.lines(ReportText.lines(report));
        }
        return Exit.OK;
    }
}
