package dev.hubferry.fakes.kubernetes.http;

import java.util.concurrent.CompletionStage;

/** Something nasty that happens to a request. */
public sealed interface Fault {

    /** 429 with {@code Retry-After}; the request has no effect. */
    record TooManyRequests(long retryAfterSeconds) implements Fault {}

    /** 500 or 503; the request has no effect. */
    record ServerError(int status) implements Fault {}

    /** 404 as of an API server that does not know the path, or of something else that answers in its place. */
    record NoSuchPath() implements Fault {}

    /** The connection breaks before the request is looked at. */
    record DropConnection() implements Fault {}

    /** The request takes effect, and then the connection breaks without an answer. */
    record DropReply() implements Fault {}

    /** The request is looked at only when the stage is complete, as by an API server that has too much to do; who has hung up by then is forgotten. */
    record Stall(CompletionStage<?> until) implements Fault {}
}
