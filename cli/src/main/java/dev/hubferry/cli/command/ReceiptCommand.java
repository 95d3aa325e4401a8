package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Figures;
import dev.hubferry.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hubferry migrations receipt}. */
@Command(
        name = "receipt",
        description = "Gives the receipt: the proof that all homes were equal; as JSON, to standard output or a file.")
final class ReceiptCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "of the migration")
    private String id = "";

    @Mixin
    private FileTarget target = new FileTarget();

    @Override
    Exit run(Api api, Terminal terminal) throws InterruptedException {
        target.check();
        Answer answer = api.get("migrations/" + ServerUrl.segment(id) + "/receipt");
        JsonNode receipt = answer.json();
        if (!target.isWanted()) {
            terminal.raw(answer.text());
            return Exit.OK;
        }
        terminal.line("%s: %d homes, %d entries, %s, root hash %s"
                .formatted(
                        target.write(answer.body()),
                        receipt.path("users").asLong(),
                        receipt.path("entries").asLong(),
                        Figures.bytes(receipt.path("bytes").asLong()),
                        receipt.path("rootHash").asText("?")));
        return Exit.OK;
    }
}
