package dev.hubferry.orchestrator.api.spec;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One thing that is wrong with a request's body. */
public record SpecError(
        @Schema(description = "where, as a JSON Pointer in a URI fragment", examples = "#/homes/source/path")
        String pointer,

        @Schema(description = "what is wrong there, with the value")
        String detail,

        @Schema(description = "what to do about it") String remedy) {}
