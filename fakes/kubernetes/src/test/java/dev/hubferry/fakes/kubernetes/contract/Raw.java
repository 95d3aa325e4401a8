package dev.hubferry.fakes.kubernetes.contract;

import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Requests that the client library has no words for. */
final class Raw {

    private Raw() {}

    /** Deletes this row's ConfigMap with a body of DeleteOptions; answers the status code. */
    static int delete(Bench bench, String suffix, String options) throws Exception {
        URI uri = URI.create(bench.client().getMasterUrl().toString().replaceAll("/+$", "") + "/api/v1/namespaces/"
                + bench.namespace() + "/configmaps/" + bench.name(suffix));
        HttpResponse<String> response = bench.client()
                .getHttpClient()
                .sendAsync(
                        bench.client()
                                .getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(uri)
                                .delete("application/json", options)
                                .build(),
                        String.class)
                .get(30, TimeUnit.SECONDS);
        return response.code();
    }
}
