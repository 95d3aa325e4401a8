package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What a signed request says: the claims of a JSON Web Token (RFC 7519).
 *
 * @param jti names the request, at most 200 characters; whatever comes again under it changes nothing and is answered as the first time
 * @param iat when it was signed, in seconds since 1970
 * @param exp when it is over, in seconds since 1970; not longer after {@code iat} than the installation allows
 * @param type what is asked for
 * @param migration that it is about; with all types but requests for plans and migrations
 * @param row the gate that is answered, or the step that is retried or skipped; with these types only
 * @param data as the body of the same operation of REST, an object, or a text with the same in YAML; left out where that has no body
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RequestClaims(
        String jti,
        long iat,
        long exp,
        RequestType type,
        Optional<String> migration,
        Optional<String> row,
        Optional<Object> data) {}
