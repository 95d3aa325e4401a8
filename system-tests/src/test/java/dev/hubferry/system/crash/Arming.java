package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Arm;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Arms services: each at the first of its cells, and when it has halted there and is back, at the next. */
final class Arming {
    /** @param nth the how-manieth hit, counted from the arming, is the one to halt at */
    record Armed(Cell cell, int nth) {}

    /** @param step at which the service halted */
    record Halted(Armed armed, String step) {}

    private final CrashWorld world;
    private final Map<Service, Deque<Armed>> waiting = new EnumMap<>(Service.class);
    private final Map<Service, Armed> armed = new EnumMap<>(Service.class);
    private final Map<Service, ChildProcess> processes = new EnumMap<>(Service.class);
    private final Map<Service, String> steps = new EnumMap<>(Service.class);
    private final List<Halted> halted = new ArrayList<>();
    private String latest = "request";

    Arming(CrashWorld world, List<Armed> cells) throws IOException {
        this.world = world;
        for (Armed each : cells) {
            waiting.computeIfAbsent(each.cell().service(), service -> new ArrayDeque<>())
                    .add(each);
        }
        for (Service service : waiting.keySet()) {
            armNext(service);
        }
    }

    /** @param atWork what the migration is at */
    void look(String atWork) {
        latest = atWork;
        for (Service service : armed.keySet()) {
            if (world.control(service).hasHalted()) {
                steps.putIfAbsent(service, atWork);
            }
        }
    }

    /** Goes on with the services that have halted and are back. */
    void goOn() throws IOException {
        for (Service service : List.copyOf(armed.keySet())) {
            if (world.control(service).hasHalted() && isBack(service)) {
                // Who is back before the next look halted while what was seen last went on.
                String seen = steps.remove(service);
                halted.add(new Halted(of(service), seen == null ? latest : seen));
                armNext(service);
            }
        }
    }

    /** Nobody is armed any more. */
    void end() throws IOException {
        goOn();
        for (Service service : Service.values()) {
            world.control(service).disarm();
        }
    }

    /** Where services have halted. */
    List<Halted> halted() {
        return List.copyOf(halted);
    }

    /** Which cells were armed and not reached, and those whose turn never came. */
    List<Cell> left() {
        List<Cell> left = new ArrayList<>();
        armed.values().forEach(each -> left.add(each.cell()));
        waiting.values().forEach(queue -> queue.forEach(each -> left.add(each.cell())));
        return left;
    }

    /** It says that it halts a moment before it does, so it must be another process that is up. */
    private boolean isBack(Service service) {
        return !process(service).equals(processes.get(service))
                && world.keeper().isUp(service);
    }

    private ChildProcess process(Service service) {
        return world.sandbox().services(service).getFirst().process();
    }

    private Armed of(Service service) {
        Armed now = armed.get(service);
        if (now == null) {
            throw new IllegalStateException(service + " is not armed");
        }
        return now;
    }

    private void armNext(Service service) throws IOException {
        armed.remove(service);
        world.control(service).disarm();
        Armed next = waiting.getOrDefault(service, new ArrayDeque<>()).poll();
        if (next != null) {
            armed.put(service, next);
            processes.put(service, process(service));
            world.control(service).arm(new Arm(next.cell().point(), next.cell().moment(), next.nth()));
        }
    }
}
