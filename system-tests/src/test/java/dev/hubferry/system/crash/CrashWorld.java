package dev.hubferry.system.crash;

import dev.hubferry.failpoints.AgentJar;
import dev.hubferry.failpoints.ControlDirectory;
import dev.hubferry.failpoints.Hit;
import dev.hubferry.sandbox.demo.FaultyWire;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.system.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One world for many migrations, with the agent in every service. */
final class CrashWorld implements AutoCloseable {
    private final SandboxWorld world;
    private final FaultyWire wire;
    private final Map<Service, ControlDirectory> controls = new EnumMap<>(Service.class);
    private final Map<Service, Integer> hitsBefore = new EnumMap<>(Service.class);
    private final FreshStart start;
    private @Nullable Keeper keeper;

    /** @param directory for everything */
    CrashWorld(Path directory) throws Exception {
        Path jar = AgentJar.write(Files.createDirectories(directory).resolve("agent.jar"));
        for (Service service : Service.values()) {
            controls.put(
                    service, ControlDirectory.make(directory.resolve("control").resolve(service.module())));
        }
        this.world =
                SandboxWorld.start(WorldOptions.in(directory.resolve("world")).withHomesOf(3, 60, 1));
        this.wire = FaultyWire.start(world.kafka());
        try {
            world.startServices(
                    Project.root(),
                    wire.orchestratorSettings(),
                    service -> List.of(control(service).agentArgument(jar)));
            this.start = new FreshStart(world);
            start.awaitHub(SandboxWorld.OLD);
        } catch (Exception e) {
            close();
            throw e;
        }
        this.keeper = new Keeper(world);
    }

    SandboxWorld sandbox() {
        return world;
    }

    FaultyWire wire() {
        return wire;
    }

    FreshStart start() {
        return start;
    }

    Keeper keeper() {
        if (keeper == null) {
            throw new IllegalStateException("the world is not complete");
        }
        return keeper;
    }

    ControlDirectory control(Service service) {
        ControlDirectory control = controls.get(service);
        if (control == null) {
            throw new IllegalStateException("no control of " + service);
        }
        return control;
    }

    /** From here on {@link #hits} counts. */
    void countHitsFromHere() throws IOException {
        for (Service service : Service.values()) {
            hitsBefore.put(service, control(service).hits().size());
        }
    }

    /** What the service came by since {@link #countHitsFromHere}. */
    List<Hit> hits(Service service) throws IOException {
        List<Hit> all = control(service).hits();
        return all.subList(hitsBefore.getOrDefault(service, 0), all.size());
    }

    @Override
    public void close() throws Exception {
        if (keeper != null) {
            keeper.close();
        }
        wire.close();
        world.close();
    }
}
