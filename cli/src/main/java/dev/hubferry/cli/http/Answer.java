package dev.hubferry.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a server answered, whole. */
public record Answer(int status, HttpHeaders headers, byte[] body) {

    /** The body as it came, without the line break at its end. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8).stripTrailing();
    }

    /** @throws CliException UNREACHABLE when it is no JSON: something else answers there */
    public JsonNode json() {
        try {
            return Json.read(text());
        } catch (IOException e) {
            throw new CliException(
                    Exit.UNREACHABLE,
                    "the server answered %d with something that is no JSON: is there a Hubferry at --server?"
                            .formatted(status));
        }
    }
}
