package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.limit.BodyLimit;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Takes bodies in, up to the limit. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MediaTypes.YAML, MediaTypes.X_YAML, MediaTypes.TEXT_YAML})
public class BodyReader implements MessageBodyReader<Body> {
    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Body.class;
    }

    /** @throws ProblemException 413 when it is longer than it may be, which a request without a Content-Length shows here only */
    @Override
    public Body readFrom(
            Class<Body> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        byte[] bytes = stream.readNBytes(BodyLimit.BYTES + 1);
        if (bytes.length > BodyLimit.BYTES) {
            throw new ProblemException(Problems.tooLarge(BodyLimit.BYTES));
        }
        boolean json = mediaType.isCompatible(MediaType.APPLICATION_JSON_TYPE);
        return new Body(bytes, json ? Body.Format.JSON : Body.Format.YAML);
    }
}
