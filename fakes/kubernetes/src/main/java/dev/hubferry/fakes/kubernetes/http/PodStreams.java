package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Connections into pods: exec, port-forward and logs. */
public final class PodStreams {

    private static final Set<String> SUBRESOURCES = Set.of("exec", "portforward", "log");

    static boolean serves(ApiRequest request) {
        return request.type().equals(ResourceTypes.PODS)
                && SUBRESOURCES.contains(request.target().subresource());
    }

    void serve(ApiRequest request, HttpServerRequest raw) {
        throw ApiFailure.noSuchPath();
    }
}
