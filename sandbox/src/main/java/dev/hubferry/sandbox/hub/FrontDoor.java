package dev.hubferry.sandbox.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way into a cluster from outside: what its ingress controller and the hub's proxy do together.
 *
 * <pre>
 *   address   answers only where the ingress controller's Service has its address now
 *   Host      must be the hub's name                                              else 404
 *   way in    Service proxy-public exists and selects a ready proxy pod            else 503
 *   hub       its Service selects a ready pod whose hub runs on its database       else 503
 *   /hub/…                 the hub
 *   /user/NAME/files/PATH  a file of the home of the logged-in user, as the homes' volume of this cluster holds it
 * </pre>
 *
 * Each answer names the cluster's hub in the header {@code X-Hub}.
 */
public final class FrontDoor implements AutoCloseable {
    private final Options options;
    private final Upstream upstream = new Upstream();
    private final HomeFiles homes;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * Where the door stands and what is behind it.
     *
     * @param name what the header X-Hub says
     * @param host the hub's DNS name
     * @param addresses all that the cluster's load balancers may get
     * @param port the same on every address
     * @param ingressNamespace where the ingress controller's Service of type LoadBalancer is
     * @param hubNamespace where the hub is
     * @param world the cluster
     * @param hubs what runs in its hub pods
     * @param exports the NFS exports of this world
     */
    public record Options(
            String name,
            String host,
            List<String> addresses,
            int port,
            String ingressNamespace,
            String hubNamespace,
            World world,
            HubRuntime hubs,
            NfsExports exports) {
        public Options {
            addresses = List.copyOf(addresses);
        }
    }

    private FrontDoor(Options options) {
        this.options = options;
        this.homes = new HomeFiles(options.world(), options.hubNamespace(), options.exports());
    }

    /** Listens on every address. */
    public static FrontDoor open(Options options) {
        FrontDoor door = new FrontDoor(options);
        try {
            for (String address : options.addresses()) {
                HttpServer server = HttpServer.create(new InetSocketAddress(address, options.port()), 0);
                server.createContext("/", exchange -> door.answer(address, exchange));
                server.setExecutor(door.workers);
                server.start();
                door.servers.add(server);
            }
            return door;
        } catch (IOException e) {
            door.close();
            throw new UncheckedIOException("the front door of " + options.name() + " cannot listen", e);
        }
    }

    /** The address at which users get in now; empty while the load balancer has none. */
    public Optional<String> address() {
        return options.world().list(ResourceTypes.SERVICES, options.ingressNamespace(), "").stream()
                .map(service -> service.at("/status/loadBalancer/ingress/0/ip").asText())
                .filter(address -> !address.isEmpty())
                .findFirst();
    }

    private void answer(String address, HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!address().filter(address::equals).isPresent()) {
                return; // Nobody listens at an address that the load balancer has given up.
            }
            exchange.getResponseHeaders().set("X-Hub", options.name());
            Optional<URI> hub = hub();
            if (!isForHub(exchange)) {
                refuse(exchange, 404, "default backend - 404");
            } else if (endpoints("proxy-public").isEmpty() || hub.isEmpty()) {
                refuse(exchange, 503, "Service Temporarily Unavailable");
            } else if (exchange.getRequestURI().getPath().startsWith("/user/")) {
                showFile(exchange, hub.get());
            } else {
                upstream.pass(exchange, hub.get());
            }
        }
    }

    private boolean isForHub(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("");
        return host.replaceFirst(":\\d+$", "").equalsIgnoreCase(options.host());
    }

    private Optional<URI> hub() {
        return endpoints("hub").stream()
                .flatMap(pod -> options
                        .hubs()
                        .hub(options.hubNamespace(), pod.at("/metadata/name").asText())
                        .stream())
                .findFirst();
    }

    private List<ObjectNode> endpoints(String component) {
        return options.world().list(ResourceTypes.SERVICES, options.hubNamespace(), "component=" + component).stream()
                .map(service -> service.at("/metadata/name").asText())
                .flatMap(name -> options.world().endpoints(options.hubNamespace(), name).stream())
                .toList();
    }

    private void showFile(HttpExchange exchange, URI hub) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/", 5);
        Optional<String> user = upstream.user(exchange, hub);
        if (user.isEmpty() || parts.length < 5 || !parts[3].equals("files") || !parts[2].equals(user.get())) {
            refuse(exchange, 403, "log in at /hub/login?user=NAME");
            return;
        }
        Optional<Path> file = file(user.get(), parts[4]);
        if (file.isPresent()) {
            Json.send(exchange, 200, "application/octet-stream", Files.readAllBytes(file.get()));
        } else {
            refuse(exchange, 404, "no such file in this home");
        }
    }

    private Optional<Path> file(String user, String path) {
        try {
            return homes.file(user, path);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        Json.send(exchange, status, Json.object().put("message", message));
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        workers.shutdownNow();
        upstream.close();
    }
}
