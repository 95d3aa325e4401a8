package dev.hubferry.orchestrator.adapter.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a connection, in words of our own where there are some: messages of libraries may repeat what was sent. */
final class Failures {
    private Failures() {}

    static String describe(@Nullable Throwable failure) {
        Optional<Throwable> tls =
                chain(failure).filter(SSLException.class::isInstance).findFirst();
        if (tls.isPresent()) {
            String why = chain(failure)
                    .reduce((_, last) -> last)
                    .map(Throwable::getMessage)
                    .orElse("");
            return "TLS: " + why;
        }
        if (has(failure, ConnectException.class) && !has(failure, ConnectTimeoutException.class)) {
            return "the connection is refused";
        }
        if (has(failure, NoRouteToHostException.class)) {
            return "there is no way to it";
        }
        if (has(failure, ConnectTimeoutException.class) || has(failure, TimeoutException.class)) {
            return "it takes too long";
        }
        if (has(failure, VertxException.class) || has(failure, IOException.class)) {
            return "the connection was closed";
        }
        if (has(failure, DecoderException.class) || has(failure, IllegalArgumentException.class)) {
            return "what it says is no HTTP that is read here";
        }
        return failure == null ? "unknown" : failure.getClass().getSimpleName();
    }

    private static boolean has(@Nullable Throwable failure, Class<?> type) {
        return chain(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        return failure == null ? Stream.empty() : Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }
}
