package dev.hubferry.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.cli.Exit;
import dev.hubferry.cli.http.Answer;
import dev.hubferry.cli.http.Api;
import dev.hubferry.cli.http.Json;
import dev.hubferry.cli.http.ServerUrl;
import dev.hubferry.cli.text.Terminal;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Something that is asked of one migration. */
abstract class VerbCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "of the migration")
    private String id = "";

    @Mixin
    private KeyOption key = new KeyOption();

    String id() {
        return id;
    }

    String path() {
        return "migrations/" + ServerUrl.segment(id);
    }

    /** Posts it and prints where the migration stands then. */
    Exit say(Api api, Terminal terminal, String verb, ObjectNode body) throws InterruptedException {
        Answer answer = api.post(new Api.Change(
                path() + "/" + verb, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), key.key()));
        if (connection().json()) {
            terminal.raw(answer.text());
        } else {
            terminal.line(MigrationText.line(answer.json()));
        }
        return Exit.OK;
    }

    static ObjectNode reason(String reason) {
        return Json.object().put("reason", reason);
    }
}
