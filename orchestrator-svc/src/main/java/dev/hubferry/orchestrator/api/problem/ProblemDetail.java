package dev.hubferry.orchestrator.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.orchestrator.api.spec.SpecError;
import java.util.List;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param type {@code urn:hubferry:problem:<name>}, for programs
 * @param title the kind of problem, always the same for a type
 * @param status the HTTP status
 * @param detail what happened this time
 * @param remedy what to do about it
 * @param errors every single error of the request's body; left out when there are none
 * @param migrations other migrations that are concerned; left out when there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetail(
        String type,
        String title,
        int status,
        String detail,
        String remedy,
        List<SpecError> errors,
        List<String> migrations) {
    public ProblemDetail {
        errors = List.copyOf(errors);
        migrations = List.copyOf(migrations);
    }
}
