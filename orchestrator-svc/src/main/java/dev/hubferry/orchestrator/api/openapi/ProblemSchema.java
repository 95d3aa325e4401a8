package dev.hubferry.orchestrator.api.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schema of a problem; no method answers with one, so nobody else puts it into the document. */
final class ProblemSchema {
    private ProblemSchema() {}

    static Schema schema() {
        Schema error = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("pointer", text("where, as a JSON Pointer in a URI fragment, such as #/homes/source/path"))
                .addProperty("detail", text("what is wrong there"))
                .addProperty("remedy", text("what to do about it"));
        return OASFactory.createSchema()
                .description("what went wrong with a request (RFC 9457)")
                .addType(SchemaType.OBJECT)
                .addProperty("type", text("urn:hubferry:problem:<name>, for programs"))
                .addProperty("title", text("the kind of problem, always the same for a type"))
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).description("the HTTP status"))
                .addProperty("detail", text("what happened this time"))
                .addProperty("remedy", text("what to do about it"))
                .addProperty(
                        "errors",
                        list(error)
                                .description("every single error of the request's body; left out when there are none"))
                .addProperty(
                        "migrations",
                        list(text("a migration's id"))
                                .description("other migrations that are concerned; left out when there are none"))
                .addRequired("type")
                .addRequired("title")
                .addRequired("status")
                .addRequired("detail")
                .addRequired("remedy");
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Schema list(Schema of) {
        return OASFactory.createSchema().addType(SchemaType.ARRAY).items(of);
    }
}
