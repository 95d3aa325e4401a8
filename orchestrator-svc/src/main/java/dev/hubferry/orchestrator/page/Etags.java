package dev.hubferry.orchestrator.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers who asks again and again only when there is something new. */
final class Etags {
    private Etags() {}

    /** 304 when the page is what the asker has. */
    static Response answer(TemplateInstance page, Request request) {
        String html = page.render();
        EntityTag tag = new EntityTag(hash(html));
        Response.ResponseBuilder same = request.evaluatePreconditions(tag);
        return same != null
                ? same.tag(tag).build()
                : Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .tag(tag)
                        .build();
    }

    private static String hash(String html) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(html.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
